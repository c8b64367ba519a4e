package io.bindery.bind.pool.internal.watch;

import io.bindery.bind.StatementRecord;
import io.bindery.bind.pool.internal.config.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One execution of a statement, from its start to the end of its result. For one thread. */
final class Execution {
  private final String sql;
  private final List<Parameter> parameters;
  private final long generation;
  private final @Nullable String doing;
  private final @Nullable String place = Place.ofCaller();
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();
  private long nanos;
  private long rows = -1;
  private long updated = -1;
  private long readNanos = -1;
  private @Nullable Throwable failure;

  /**
   * A parameter.
   *
   * @param kind its class
   * @param value its value as text without secrets, or null where values are not wanted
   */
  record Parameter(String kind, @Nullable String value) {}

  Execution(String sql, List<Parameter> parameters, StatementUser user) {
    this.sql = sql;
    this.parameters = parameters;
    this.generation = user.generation();
    this.doing = user.doing();
  }

  /** From the start to the answer. */
  long nanos() {
    return nanos;
  }

  void answered() {
    nanos = System.nanoTime() - startNanos;
  }

  void failed(Throwable why) {
    failure = why;
  }

  void updated(long count) {
    updated = count;
  }

  /** Says that there is a result to read, of which nothing is read yet. */
  void hasRows() {
    rows = Math.max(rows, 0);
  }

  void row() {
    rows++;
  }

  /** The result, if there was one, is closed. */
  void over() {
    if (rows >= 0 && readNanos < 0) {
      readNanos = System.nanoTime() - startNanos - nanos;
    }
  }

  Recorded record(String key, Redaction redaction, boolean values) {
    List<String> shown =
        parameters.stream().map(p -> values && p.value() != null ? p.value() : p.kind()).toList();
    return new Recorded(
        new StatementRecord(
            key,
            generation,
            StatementText.statement(sql, redaction),
            shown,
            start,
            Duration.ofNanos(nanos),
            readNanos < 0 ? null : Duration.ofNanos(readNanos),
            rows < 0 ? null : rows,
            updated < 0 ? null : updated,
            failure == null ? null : redaction.describe(failure),
            doing,
            place));
  }
}
