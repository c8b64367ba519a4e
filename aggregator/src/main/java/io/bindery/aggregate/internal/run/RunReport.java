package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.RunListener;
import io.bindery.aggregate.RunListener.End;
import io.bindery.aggregate.RunListener.EndStatus;
import io.bindery.aggregate.RunListener.Run;
import io.bindery.error.BinderyException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Tells how one run goes. Whoever listens returns at once. Safe for all threads. */
final class RunReport {
  private static final AtomicLong IDS = new AtomicLong();

  private final RunListener listener;
  private final Runnable atEnd;
  private final Run run;
  private final long started = System.nanoTime();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile List<SourceReading> asked = List.of();

  /**
   * Tells that a run was asked for.
   *
   * @param listener is told how it goes
   * @param aggregate the aggregate's name
   * @param atEnd is called once, when the run has ended
   */
  RunReport(RunListener listener, String aggregate, Runnable atEnd) {
    this.listener = listener;
    this.atEnd = atEnd;
    this.run = new Run(IDS.incrementAndGet(), aggregate, Instant.now());
    listener.started(run);
  }

  void opening(List<SourceReading> readings) {
    asked = readings;
    listener.opening(run, readings.stream().map(SourceReading::outcome).toList());
  }

  void opened(Outcome source) {
    listener.opened(run, source);
  }

  void sourceDone(Outcome source) {
    listener.sourceDone(run, source);
  }

  /** The run did not begin. */
  void failed(Throwable e) {
    List<Outcome> outcomes = asked.stream().map(SourceReading::outcome).toList();
    String error = e instanceof BinderyException ? e.getMessage() : e.toString();
    end(EndStatus.FAILED, 0, error, outcomes);
  }

  /** Tells how the run ended; only the first time counts. */
  void end(EndStatus status, long rows, @Nullable String error, List<Outcome> outcomes) {
    if (over.compareAndSet(false, true)) {
      atEnd.run();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
      listener.finished(run, new End(status, rows, millis, error, outcomes));
    }
  }
}
