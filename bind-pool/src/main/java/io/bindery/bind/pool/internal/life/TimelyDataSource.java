package io.bindery.bind.pool.internal.life;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connect timeout whatever the driver does. A driver's own limit counts each address of a
 * host and each packet of a login anew, its retries multiply it, and none covers the look-up of the
 * host's name. A connection that comes after the limit is closed.
 */
final class TimelyDataSource extends PlainDataSource {
  private static final AtomicLong count = new AtomicLong();
  private static final Logger log = LoggerFactory.getLogger(TimelyDataSource.class);

  private final DataSource source;
  private final long limitMillis;

  /**
   * Limits a data source.
   *
   * @param source opens connections
   * @param limitMillis the driver's own limit; it is given a little more, since it knows better why
   */
  TimelyDataSource(DataSource source, long limitMillis) {
    this.source = source;
    this.limitMillis = limitMillis + limitMillis / 10 + 100;
  }

  @Override
  DataSource source() {
    return source;
  }

  @Override
  public Connection getConnection() throws SQLException {
    CompletableFuture<Connection> attempt = new CompletableFuture<>();
    // a thread for each attempt: one that never ends must not stop others
    Thread thread =
        Workers.unrelated(
            () -> connect(attempt), "bindery-bind-connect-" + count.incrementAndGet());
    thread.start();
    try {
      return attempt.get(limitMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (TimeoutException e) {
      giveUp(attempt);
      throw new SQLTransientConnectionException(
          "no connection in time", "08001", new SocketTimeoutException("connect timed out"));
    } catch (InterruptedException e) {
      giveUp(attempt);
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted while connecting", "08001", e);
    }
  }

  private void connect(CompletableFuture<Connection> attempt) {
    try {
      Connection connection = source.getConnection();
      if (!attempt.complete(connection)) {
        close(connection);
      }
    } catch (SQLException | RuntimeException | Error e) {
      attempt.completeExceptionally(e);
    }
  }

  /** From now on the attempt closes what it opens, unless it was just in time to be too late. */
  private static void giveUp(CompletableFuture<Connection> attempt) {
    if (!attempt.cancel(false) && !attempt.isCompletedExceptionally()) {
      close(attempt.join());
    }
  }

  private static void close(Connection late) {
    try {
      late.close();
    } catch (SQLException e) {
      log.debug("a connection that came too late closed with an error", e);
    }
  }

  private static SQLException rethrown(@Nullable Throwable failure) {
    if (failure instanceof SQLException sql) {
      return sql;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return new SQLException("an attempt to connect ended without a reason");
  }
}
