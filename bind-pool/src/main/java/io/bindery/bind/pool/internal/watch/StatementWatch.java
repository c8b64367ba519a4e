package io.bindery.bind.pool.internal.watch;

import io.bindery.bind.StatementRecord;
import io.bindery.bind.StatementRecorder;
import io.bindery.bind.pool.internal.config.LogSettings;
import io.bindery.bind.pool.internal.config.Redaction;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is told of one bind's statements, through all its generations. While nobody wants to know
 * anything, statements are not touched.
 */
public final class StatementWatch implements StatementRecorder {
  private static final Logger log = LoggerFactory.getLogger("io.bindery.statements");

  private final String key;
  private final Deque<StatementRecord> kept = new ArrayDeque<>();
  private LogSettings settings = LogSettings.OFF;
  private @Nullable Redaction redaction;
  private @Nullable Started started;
  private volatile @Nullable Plan plan;

  /** A recording that somebody began. */
  private record Started(int capacity, long untilNanos, boolean values) {
    boolean isOver() {
      return System.nanoTime() - untilNanos >= 0;
    }
  }

  /**
   * What is wanted now.
   *
   * @param settings what is logged
   * @param redaction keeps the bind's secrets out
   * @param capacity how many statements are recorded; 0 for none
   * @param recordValues whether records hold values
   * @param started a recording with an end, or null
   */
  private record Plan(
      LogSettings settings,
      Redaction redaction,
      int capacity,
      boolean recordValues,
      @Nullable Started started) {

    boolean wantsRows() {
      return settings.statements() || capacity > 0;
    }

    boolean wantsValues() {
      return settings.values() || recordValues;
    }
  }

  /**
   * Nothing is wanted yet.
   *
   * @param key the bind's key
   */
  public StatementWatch(String key) {
    this.key = key;
  }

  /**
   * Takes over what a bind's configuration says.
   *
   * @param newer what to tell
   * @param secrets keeps secrets out of it, together with those of before
   */
  public synchronized void configure(LogSettings newer, Redaction secrets) {
    settings = newer;
    redaction = redaction == null ? secrets : secrets.after(redaction);
    decide();
  }

  /**
   * A new connection as the pool gets it: one that tells of its end, or as it is.
   *
   * @param connection the database's own
   * @param nanos how long its opening took
   */
  public Connection opened(Connection connection, long nanos) {
    return tellsOfConnections() ? ToldConnection.opened(key, connection, nanos) : connection;
  }

  /**
   * No connection could be opened.
   *
   * @param reason why, without secrets
   */
  public void notOpened(String reason) {
    if (tellsOfConnections()) {
      ToldConnection.failed(key, reason);
    }
  }

  private boolean tellsOfConnections() {
    Plan now = plan;
    return now != null && now.settings().pool();
  }

  /**
   * A statement as its user gets it: watched, or as it is while nobody wants to know.
   *
   * @param statement the pool's
   * @param sql what it was prepared with, or null
   * @param user where the statement was made
   */
  public Statement watched(Statement statement, @Nullable String sql, StatementUser user) {
    Plan now = current();
    boolean wanted = now != null && (now.wantsRows() || now.settings().slowMillis() > 0);
    return wanted ? WatchedStatement.watch(this, statement, sql, user) : statement;
  }

  private @Nullable Plan current() {
    Plan now = plan;
    if (now == null) {
      return null;
    }
    Started recording = now.started();
    if (recording != null && recording.isOver()) {
      synchronized (this) {
        decide();
      }
      return plan;
    }
    return now;
  }

  boolean wantsRows() {
    Plan now = current();
    return now != null && now.wantsRows();
  }

  /** A parameter's value without secrets, or null while nobody wants values. */
  @Nullable String textOf(@Nullable Object value) {
    Plan now = current();
    return now != null && now.wantsValues() ? StatementText.value(value, now.redaction()) : null;
  }

  /** The database has answered, or refused; the rows are still to be read. */
  void answered(Execution execution) {
    Plan now = current();
    long slow = now == null ? 0 : now.settings().slowMillis();
    if (now != null && slow > 0 && execution.nanos() >= TimeUnit.MILLISECONDS.toNanos(slow)) {
      log.warn(
          "bind '{}': slow statement, {} (log.slow={}): {}",
          key,
          StatementText.time(execution.nanos()),
          slow,
          execution.record(key, now.redaction(), now.settings().values()).text());
    }
  }

  /** All is over: the result is closed. */
  void over(Execution execution) {
    Plan now = current();
    if (now == null) {
      return;
    }
    if (now.settings().statements()) {
      Recorded told = execution.record(key, now.redaction(), now.settings().values());
      log.info("bind '{}': {}: {}", key, told.outcome(), told.text());
    }
    if (now.capacity() > 0) {
      keep(execution.record(key, now.redaction(), now.recordValues()).statement(), now.capacity());
    }
  }

  private void keep(StatementRecord statement, int capacity) {
    synchronized (kept) {
      while (kept.size() >= capacity) {
        kept.removeFirst();
      }
      kept.addLast(statement);
    }
  }

  @Override
  public void start(int capacity, Duration howLong, boolean values) {
    if (capacity < 1 || capacity > LARGEST) {
      throw new IllegalArgumentException("capacity must be 1 to " + LARGEST + ", not " + capacity);
    }
    if (howLong.isNegative() || howLong.isZero() || howLong.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException("the time must be more than 0 and at most 365 days");
    }
    synchronized (kept) {
      kept.clear();
    }
    synchronized (this) {
      started = new Started(capacity, System.nanoTime() + howLong.toNanos(), values);
      decide();
    }
  }

  @Override
  public synchronized void stop() {
    started = null;
    decide();
  }

  @Override
  public boolean isOn() {
    Plan now = current();
    return now != null && now.capacity() > 0;
  }

  @Override
  public List<StatementRecord> records() {
    synchronized (kept) {
      return List.copyOf(kept);
    }
  }

  /** Puts together what the configuration and a recording want; with the monitor held. */
  private void decide() {
    if (started != null && started.isOver()) {
      started = null;
    }
    Redaction secrets = redaction;
    boolean nothing = settings.equals(LogSettings.OFF) && started == null;
    if (nothing || secrets == null) {
      plan = null;
    } else if (started == null) {
      plan = new Plan(settings, secrets, settings.record(), settings.values(), null);
    } else {
      plan = new Plan(settings, secrets, started.capacity(), started.values(), started);
    }
  }
}
