package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.Outcome.Status;
import io.bindery.aggregate.RunListener.EndStatus;
import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.operator.Assembler;
import io.bindery.aggregate.internal.plan.Plan;
import io.bindery.aggregate.internal.record.RecordShape;
import io.bindery.aggregate.internal.record.RecordStream;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Column;
import io.bindery.source.Deadline;
import io.bindery.source.RowReader;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer whose sources are open. Its deadline is kept by the clock, not by who reads it. */
final class RunningAnswer implements AggregateRun {
  private static final Logger LOG = LoggerFactory.getLogger(RunningAnswer.class);
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final Plan plan;
  private final List<SourceReading> readings;
  private final List<Outcome> missing;
  private final Assembler assembler;
  private final Deadline deadline;
  private final AnswerReader rows;
  private final PageEnd page;
  private final RunReport report;
  private final List<Future<?>> timers = new ArrayList<>();
  private volatile boolean closed;

  RunningAnswer(
      Plan plan,
      RowReader root,
      Assembler assembler,
      List<SourceReading> readings,
      List<Outcome> missing,
      RunOptions options,
      Deadline deadline,
      RunReport report) {
    this.report = report;
    this.plan = plan;
    this.assembler = assembler;
    this.readings = readings;
    this.missing = missing;
    this.deadline = deadline;
    this.page = new PageEnd(plan, options);
    this.rows = new AnswerReader(root, this, plan.columns(), !options.partial(), page);
  }

  /** Sets the clock to the deadline, and to look for sources that hang and can be done without. */
  void watch(Workers workers) {
    timers.add(workers.in(deadline.remaining(), this::expire));
    if (readings.stream().anyMatch(SourceReading::tolerated)) {
      Stalls stalls = new Stalls(readings);
      timers.add(workers.every(deadline.remaining().dividedBy(Stalls.LOOKS), stalls::look));
    }
  }

  /** The first row is wanted: all sources are read at the same time. */
  void begin() {
    readings.forEach(SourceReading::readAhead);
  }

  private void expire() {
    readings.forEach(reading -> reading.expire("not read to the end before the deadline"));
    rows.expire(
        readings.stream()
            .filter(reading -> reading.status() == Status.TIMED_OUT)
            .flatMap(reading -> Stream.ofNullable(reading.failure()))
            .findFirst()
            .orElseGet(
                () ->
                    new BinderyException(
                        ErrorCode.TIMEOUT,
                        "aggregate '%s': not read to its last row before the deadline"
                            .formatted(plan.name()))));
    BinderyException failure = rows.failure();
    if (failure != null) {
      report.end(EndStatus.FAILED, rows.count(), failure.getMessage(), outcomes());
    }
  }

  /** The last row was read, or a failure ended the run. */
  void finish(String why) {
    timers.forEach(timer -> timer.cancel(false));
    readings.forEach(reading -> reading.stop(why));
    assembler.release();
    assembler
        .conflicts()
        .forEach(
            (side, count) ->
                LOG.warn(
                    "aggregate '{}': left out {} rows of '{}' whose key an earlier row had;"
                        + " the first of each was taken",
                    plan.name(),
                    count,
                    side));
    BinderyException failure = closed ? null : rows.failure();
    EndStatus read = complete() ? EndStatus.COMPLETE : EndStatus.PARTIAL;
    EndStatus status = rows.failure() == null ? read : EndStatus.CLOSED;
    report.end(
        failure == null ? status : EndStatus.FAILED,
        rows.count(),
        failure == null ? null : failure.getMessage(),
        outcomes());
  }

  @Override
  public List<Column> columns() {
    return plan.columns();
  }

  @Override
  public RowReader rows() {
    return rows;
  }

  @Override
  public <R extends Record> Stream<R> stream(Class<R> type, MethodHandles.Lookup lookup) {
    try {
      String subject = "aggregate '%s'".formatted(plan.name());
      return RecordStream.of(this, RecordShape.of(subject, type, lookup, plan.columns()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public List<Outcome> outcomes() {
    List<Outcome> outcomes = new ArrayList<>();
    readings.forEach(reading -> outcomes.add(reading.outcome()));
    outcomes.addAll(missing);
    return outcomes;
  }

  @Override
  public Map<String, Long> conflicts() {
    return rows.isFinished() ? assembler.conflicts() : Map.of();
  }

  @Override
  public @Nullable String next() {
    return rows.isFinished() ? page.token() : null;
  }

  @Override
  public @Nullable String noNext() {
    return rows.isFinished() ? page.noToken() : null;
  }

  @Override
  public boolean complete() {
    return missing.isEmpty()
        && rows.isFinished()
        && readings.stream().allMatch(reading -> reading.status() == Status.OK);
  }

  /** Stops what still works and waits a little, not past the deadline, until it has stopped. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    rows.abandon();
    timers.forEach(timer -> timer.cancel(false));
    readings.forEach(reading -> reading.stop("the run was closed before its last row"));
    report.end(EndStatus.CLOSED, rows.count(), null, outcomes());
    assembler.release();
    Duration left = deadline.remaining();
    Duration patience = left.compareTo(CLOSING) < 0 ? left : CLOSING;
    try {
      CompletableFuture.allOf(
              readings.stream().map(SourceReading::closed).toArray(CompletableFuture[]::new))
          .get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("aggregate '{}': sources are still being closed", plan.name());
    }
  }
}
