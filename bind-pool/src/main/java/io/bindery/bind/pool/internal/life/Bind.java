package io.bindery.bind.pool.internal.life;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindRemovedException;
import io.bindery.bind.BindSetting;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.pool.internal.watch.StatementWatch;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The object that users of a bind hold: it stays while everything behind it changes. */
public final class Bind implements DatabaseBind, DataSource {
  private static final Duration DATA_SOURCE_PATIENCE = Duration.ofSeconds(5);

  /** What an operator may do with a bind. */
  interface Control {
    /** As {@link DatabaseBind#suspend()}. */
    CompletionStage<Void> suspend();

    /** As {@link DatabaseBind#resume()}. */
    CompletionStage<Void> resume();
  }

  private final String key;
  private final StatementWatch statements;
  private final Tally tally = new Tally();
  private final Control control;
  private final Object change = new Object();
  private volatile View view;
  private volatile boolean removed;

  Bind(String key, View first, Control control) {
    this.key = key;
    this.control = control;
    this.statements = new StatementWatch(key);
    this.view = first;
  }

  Tally tally() {
    return tally;
  }

  View view() {
    return view;
  }

  void show(View next) {
    synchronized (change) {
      view = next;
      change.notifyAll();
    }
  }

  boolean isRemoved() {
    return removed;
  }

  void markRemoved() {
    synchronized (change) {
      removed = true;
      change.notifyAll();
    }
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public BindStatus status() {
    return view.status(key, tally.counters());
  }

  @Override
  public long generation() {
    return view.number();
  }

  @Override
  public List<BindSetting> settings() {
    View now = view;
    Generation serving = now.generation();
    List<BindSetting> written = now.configuration().settings();
    return serving == null ? written : serving.pool().idleTimes().inForce(written);
  }

  @Override
  public StatementWatch statements() {
    return statements;
  }

  @Override
  public CompletionStage<Void> suspend() {
    return control.suspend();
  }

  @Override
  public CompletionStage<Void> resume() {
    return control.resume();
  }

  @Override
  public BindLease acquire(Duration timeout) {
    return lease(timeout);
  }

  private Lease lease(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      View now = view;
      if (removed) {
        throw new BindRemovedException(key);
      }
      Generation generation = now.generation();
      if (generation != null) {
        Outage outage = generation.outage();
        if (outage != null) {
          throw outage.toException(key);
        }
        Lease lease = generation.lease();
        if (lease != null) {
          return lease;
        }
      } else if (!now.idle().soon()) {
        throw unusable(now, now.idle().state().word());
      }
      if (!awaitChange(now, end)) {
        throw unusable(
            now, "still " + now.idle().state().word() + " after " + timeout.toMillis() + " ms");
      }
    }
  }

  /** Waits until the view is another; false when the time is over. */
  private boolean awaitChange(View seen, long end) {
    synchronized (change) {
      while (view == seen && !removed) {
        long nanos = end - System.nanoTime();
        if (nanos <= 0) {
          return false;
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(change, nanos);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new BinderyException(
              ErrorCode.UNAVAILABLE,
              key,
              "bind '" + key + "': interrupted while waiting for it",
              e);
        }
      }
      return true;
    }
  }

  private BinderyException unusable(View now, String how) {
    ErrorCode code =
        now.idle().state() == BindState.INVALID ? ErrorCode.CONFIGURATION : ErrorCode.UNAVAILABLE;
    String why = now.idle().reason().isEmpty() ? "" : ": " + now.idle().reason();
    return new BinderyException(code, key, "bind '" + key + "': " + how + why, null);
  }

  /** A connection that keeps its generation alive until it is closed. */
  @Override
  public Connection getConnection() throws SQLException {
    Lease lease = null;
    try {
      lease = lease(DATA_SOURCE_PATIENCE);
      return lease.connection(lease::close);
    } catch (BinderyException e) {
      if (lease != null) {
        lease.close();
      }
      String message = e.getMessage();
      throw e.code() == ErrorCode.CONFIGURATION
          ? new SQLNonTransientConnectionException(message, "08001", e)
          : new SQLTransientConnectionException(message, "08001", e);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "bind '" + key + "': user and password belong to its configuration");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("bind '" + key + "': it logs by slf4j");
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "bind '" + key + "': set pool.connectionTimeout in its configuration");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("bind '" + key + "': it logs by slf4j");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("bind '" + key + "': it is no wrapper for " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }

  @Override
  public String toString() {
    return "bind '" + key + "'";
  }
}
