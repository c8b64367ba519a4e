package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.Outcome.Status;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one source does in one run. Safe for all threads; rows are counted by one. */
final class Account {
  private final String source;
  private final String bind;
  private final Consumer<Outcome> listener;
  private final AtomicLong rows = new AtomicLong();
  private @Nullable Instant startedAt;
  private long startNanos;
  private long millis;
  private boolean read;
  private Status status = Status.RUNNING;
  private @Nullable String error;

  /** An account; the listener is called while it is locked, and returns at once. */
  Account(String source, String bind, Consumer<Outcome> listener) {
    this.source = source;
    this.bind = bind;
    this.listener = listener;
  }

  synchronized void start(Instant now) {
    startedAt = now;
    startNanos = System.nanoTime();
  }

  /** Counts a row: an ordered write, as this happens for every row. */
  long row() {
    long count = rows.getPlain() + 1;
    rows.lazySet(count);
    return count;
  }

  long rows() {
    return rows.get();
  }

  /** All rows were read, though not yet taken: what comes now is not the source's time. */
  synchronized void read() {
    if (!read) {
      read = true;
      millis = elapsed();
    }
  }

  /** Closes the account; only the first time counts. */
  synchronized boolean end(Status how, @Nullable String why) {
    if (status != Status.RUNNING) {
      return false;
    }
    status = how;
    error = why;
    millis = read ? millis : elapsed();
    listener.accept(outcome());
    return true;
  }

  synchronized Status status() {
    return status;
  }

  synchronized Outcome outcome() {
    long worked = status == Status.RUNNING && !read ? elapsed() : millis;
    return new Outcome(source, bind, status, rows.get(), startedAt, worked, error);
  }

  private long elapsed() {
    return startedAt == null ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
