package io.bindery.aggregate.internal.run;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Deadline;
import io.bindery.source.SourceRequest;
import io.bindery.source.SourceWithdrawnException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sources of a run at the same time, so many at once and no more, and waits until each is
 * open or has failed. Whoever waits is free at the deadline, also when an open hangs.
 */
final class Opening {
  /** How it went. */
  enum Result {
    /** All that must be open is. */
    OPEN,
    /** A source went away; the run needs a new plan. */
    WITHDRAWN
  }

  private final List<SourceReading> readings;
  private final Function<SourceReading, SourceRequest> requests;
  private final Queue<SourceReading> queue;
  private final List<Future<?>> tasks = new ArrayList<>();
  private final Set<SourceReading> pending;
  private boolean withdrawn;
  private @Nullable BinderyException failure;

  private Opening(List<SourceReading> readings, Function<SourceReading, SourceRequest> requests) {
    this.readings = readings;
    this.requests = requests;
    this.queue = new ArrayDeque<>(readings);
    this.pending = new LinkedHashSet<>(readings);
  }

  /**
   * Opens sources.
   *
   * @param readings the sources
   * @param requests what each is asked for
   * @param parallel how many are opened at once
   * @param workers who opens them
   * @param deadline until when; sources that the run can do without have until half of it
   * @throws BinderyException the first failure of a source that the run cannot do without
   */
  static Result open(
      List<SourceReading> readings,
      Function<SourceReading, SourceRequest> requests,
      int parallel,
      Workers workers,
      Deadline deadline) {
    Opening opening = new Opening(readings, requests);
    for (int i = 0; i < Math.min(parallel, readings.size()); i++) {
      opening.tasks.add(workers.run(opening::work));
    }
    return opening.await(deadline);
  }

  private void work() {
    for (SourceReading next = take(); next != null; next = take()) {
      try {
        next.open(requests.apply(next));
      } catch (Throwable e) { // an Error, too, must be told to whoever waits
        next.fail(e);
      }
      opened(next);
    }
  }

  private synchronized @Nullable SourceReading take() {
    return queue.poll();
  }

  private synchronized void opened(SourceReading reading) {
    if (pending.remove(reading)) {
      BinderyException why = reading.failure();
      if (why instanceof SourceWithdrawnException) {
        withdrawn = true;
      } else if (why != null && !reading.tolerated() && failure == null) {
        failure = why;
      }
      notifyAll();
    }
  }

  private Result await(Deadline deadline) {
    try {
      waitUntil(Deadline.in(deadline.remaining().dividedBy(2)));
      expire(true, "not open within half of the time that the run has");
      waitUntil(deadline);
      expire(false, "not open before the deadline");
      waitUntil(Deadline.in(Duration.ofDays(1)));
    } catch (InterruptedException e) {
      stop("the run was interrupted");
      Thread.currentThread().interrupt();
      throw new BinderyException(ErrorCode.TIMEOUT, "the run was interrupted");
    } finally {
      tasks.forEach(task -> task.cancel(true));
    }
    return result();
  }

  private Result result() {
    BinderyException why;
    synchronized (this) {
      why = withdrawn ? null : failure;
      if (why == null && !withdrawn) {
        return Result.OPEN;
      }
    }
    stop("stopped, because another source failed");
    if (why != null) {
      throw why;
    }
    return Result.WITHDRAWN;
  }

  private synchronized void waitUntil(Deadline deadline) throws InterruptedException {
    while (!pending.isEmpty() && failure == null && !withdrawn) {
      long nanos = deadline.remaining().toNanos();
      if (nanos <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    }
  }

  /** Gives up those that are still being opened; the others are about to report. */
  private synchronized void expire(boolean toleratedOnly, String why) {
    if (failure != null || withdrawn) {
      return;
    }
    for (SourceReading reading : List.copyOf(pending)) {
      if (reading.isOpening() && (reading.tolerated() || !toleratedOnly)) {
        queue.remove(reading);
        pending.remove(reading);
        reading.expire(why);
        if (!reading.tolerated() && failure == null) {
          failure = reading.failure();
        }
      }
    }
  }

  private void stop(String why) {
    synchronized (this) {
      queue.clear();
    }
    readings.forEach(reading -> reading.stop(why));
    tasks.forEach(task -> task.cancel(true));
  }
}
