package io.bindery.bind.pool.internal.life;

import com.zaxxer.hikari.HikariDataSource;
import io.bindery.bind.PoolCounters;
import io.bindery.bind.pool.internal.config.PoolProperty;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How callers get connections out of a pool: within their time, and with the reason when there is
 * none.
 */
final class Borrowing {
  /** HikariCP's shortest wait: how soon a waiting caller learns that the bind went down. */
  static final long SLICE_MILLIS = 250;

  private static final Logger log = LoggerFactory.getLogger(Borrowing.class);

  private final ConnectionPool pool;
  private final HikariDataSource hikari;
  private final ObservedDataSource observed;
  private final Suspicion suspicion;

  Borrowing(
      ConnectionPool pool,
      HikariDataSource hikari,
      ObservedDataSource observed,
      Suspicion suspicion) {
    this.pool = pool;
    this.hikari = hikari;
    this.observed = observed;
    this.suspicion = suspicion;
  }

  /**
   * Takes a connection from the pool or says why there is none.
   *
   * @param limitMillis how long it may take if that is less than the pool's own limit
   */
  Connection borrow(long limitMillis) {
    long start = System.nanoTime();
    long usual = pool.target().settings().pool().number(PoolProperty.CONNECTION_TIMEOUT);
    try {
      Connection taken =
          limitMillis >= usual ? borrow(start, usual) : hurriedly(start, limitMillis);
      pool.tally().borrowed.increment();
      return taken;
    } catch (BinderyException e) {
      if (e.code() == ErrorCode.TIMEOUT) {
        pool.tally().timeouts.increment();
      }
      throw e;
    }
  }

  /** HikariCP tests connections that rested; who has less time than that takes waits beside it. */
  private Connection hurriedly(long start, long limitMillis) {
    CompletableFuture<Connection> taken = pool.workers().urgently(() -> borrow(start, limitMillis));
    try {
      return taken.get(limitMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof BinderyException known
          ? known
          : unavailable("cannot take a connection", e.getCause());
    } catch (TimeoutException e) {
      taken.thenAccept(this::giveBack);
      throw outOfTime(limitMillis, null);
    } catch (InterruptedException e) {
      taken.thenAccept(this::giveBack);
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while waiting for a connection", e);
    }
  }

  private void giveBack(Connection late) {
    try {
      late.close();
    } catch (SQLException e) {
      log.debug("bind '{}': a connection closed with an error", pool.key(), e);
    }
  }

  private Connection borrow(long start, long limitMillis) {
    while (true) {
      Outage down = pool.outage();
      if (down != null) {
        throw down.toException(pool.key());
      }
      if (pool.isClosed()) {
        throw unavailable("its generation is closed, the drain timeout has passed", null);
      }
      Target used = pool.target();
      long sliceStart = System.nanoTime();
      try {
        return hikari.getConnection();
      } catch (SQLException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw unavailable("interrupted while waiting for a connection", e);
        }
        suspectWhenSlow(start, sliceStart, used);
        giveUpOrGoOn(start, limitMillis, used, e);
      }
    }
  }

  /** A slice that took long was spent on a connection that rested and does not answer any more. */
  private void suspectWhenSlow(long start, long sliceStart, Target used) {
    long slice = millisSince(sliceStart);
    if (slice > 2 * SLICE_MILLIS && pool.outage() == null) {
      long left =
          used.settings().pool().number(PoolProperty.CONNECTION_TIMEOUT) - millisSince(start);
      if (left > SLICE_MILLIS) {
        suspicion.check(used.words().silence(slice), left);
      } else {
        // too little for a server that is only busy
        pool.suspectSilence(used.words().silence(slice));
      }
    }
  }

  /** Returns when waiting further makes sense; a bind that is down now is noticed by the caller. */
  private void giveUpOrGoOn(long start, long limitMillis, Target used, SQLException slice) {
    long waited = millisSince(start);
    PoolCounters counters = pool.counters();
    boolean nothingOpen = counters.active() + counters.idle() == 0;
    Outage failure = observed.failureSince(start);
    if (failure != null && (nothingOpen || waited >= limitMillis)) {
      pool.goDown(failure, used);
      return;
    }
    if (waited < limitMillis || pool.isClosed() || pool.outage() != null) {
      return;
    }
    long usual = used.settings().pool().number(PoolProperty.CONNECTION_TIMEOUT);
    if (nothingOpen && limitMillis >= usual) {
      pool.goDown(used.words().silence(limitMillis), used);
      return;
    }
    throw outOfTime(limitMillis, slice);
  }

  private BinderyException outOfTime(long limitMillis, @Nullable SQLException cause) {
    PoolCounters counters = pool.counters();
    String counted =
        String.format(
            "bind '%s': no connection within %d ms (active=%d, idle=%d, waiting=%d)",
            pool.key(), limitMillis, counters.active(), counters.idle(), counters.waiting());
    long most = pool.target().settings().pool().number(PoolProperty.MAXIMUM_POOL_SIZE);
    String message =
        counters.active() + counters.idle() < most
            ? counted
                + "; the pool is not full (it may have %d), the server did not answer in that time"
                    .formatted(most)
            : counted;
    return new BinderyException(ErrorCode.TIMEOUT, pool.key(), message, cause);
  }

  static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private BinderyException unavailable(String why, @Nullable Throwable cause) {
    return new BinderyException(
        ErrorCode.UNAVAILABLE, pool.key(), "bind '" + pool.key() + "': " + why, cause);
  }
}
