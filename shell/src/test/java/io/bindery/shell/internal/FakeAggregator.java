package io.bindery.shell.internal;

import io.bindery.aggregate.AggregatePlan;
import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.AggregateStatus;
import io.bindery.aggregate.Aggregator;
import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.PlanStep;
import io.bindery.aggregate.RunListener;
import io.bindery.aggregate.RunOptions;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives the answer that a test prepared, and remembers how it was asked. */
final class FakeAggregator implements Aggregator {
  static final Instant START = Instant.parse("2026-01-31T12:00:00.25Z");

  final List<AggregateStatus> aggregates = new ArrayList<>();
  List<Column> columns = List.of();
  FakeRows rows = FakeRows.of(List.of());
  List<Outcome> outcomes = List.of(ok("customers", "sakila", 1));
  boolean complete = true;
  @Nullable String next;
  @Nullable String noNext;
  Map<String, Long> conflicts = Map.of();
  @Nullable BinderyException refusal;
  @Nullable RunOptions asked;
  volatile boolean closed;

  static Outcome ok(String source, String bind, long rows) {
    return new Outcome(source, bind, Outcome.Status.OK, rows, START, 12, null);
  }

  static Outcome failed(String source, String bind, String error) {
    return new Outcome(source, bind, Outcome.Status.FAILED, 0, null, 3, error);
  }

  @Override
  public List<AggregateStatus> aggregates() {
    return aggregates;
  }

  @Override
  public Optional<AggregateStatus> aggregate(String name) {
    return aggregates.stream().filter(status -> status.name().equals(name)).findFirst();
  }

  @Override
  public AggregatePlan explain(String name, RunOptions options) {
    asked = options;
    if (refusal != null) {
      throw refusal;
    }
    PlanStep read =
        new PlanStep("read", "customers on crm", Map.of("pushed", "email = 'a'"), List.of());
    return new AggregatePlan(
        name, columns, new PlanStep("limit", "3 rows", Map.of(), List.of(read)), List.of());
  }

  @Override
  public AggregateRun run(String name, RunOptions options) {
    return run(name, options, new RunListener() {});
  }

  @Override
  public AggregateRun run(String name, RunOptions options, RunListener listener) {
    asked = options;
    if (refusal != null) {
      throw refusal;
    }
    if (name.equals("unknown")) {
      throw new BinderyException(ErrorCode.CONFIGURATION, "aggregate 'unknown': not defined");
    }
    return new AggregateRun() {
      @Override
      public List<Column> columns() {
        return columns;
      }

      @Override
      public RowReader rows() {
        return rows;
      }

      @Override
      public <R extends Record> Stream<R> stream(Class<R> type, MethodHandles.Lookup lookup) {
        throw new UnsupportedOperationException("the shell reads rows");
      }

      @Override
      public List<Outcome> outcomes() {
        return outcomes;
      }

      @Override
      public Map<String, Long> conflicts() {
        return conflicts;
      }

      @Override
      public @Nullable String next() {
        return next;
      }

      @Override
      public @Nullable String noNext() {
        return noNext;
      }

      @Override
      public boolean complete() {
        return complete;
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }

  /** Columns of text. */
  void texts(String... names) {
    columns = Stream.of(names).map(name -> FakeRows.column(name, ColumnType.TEXT)).toList();
  }
}
