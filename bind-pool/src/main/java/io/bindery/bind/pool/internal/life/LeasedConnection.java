package io.bindery.bind.pool.internal.life;

import io.bindery.bind.pool.internal.watch.OpenStatements;
import io.bindery.bind.pool.internal.watch.StatementUser;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pooled connection that is being used. It goes back to the pool once, and never while it is
 * being stopped: a kill that came late would hit whoever has the connection next.
 */
final class LeasedConnection implements InvocationHandler, StatementUser {
  private static final long KILL_MILLIS = 1_000;
  private static final int VALID_SECONDS = 1;
  private static final Logger log = LoggerFactory.getLogger(LeasedConnection.class);

  /** Finds the leased connection behind others' wrappers, by unwrapping to this type. */
  interface Leased {
    /** The connection itself. */
    LeasedConnection leased();
  }

  private final Generation generation;
  private final Lease lease;
  private final Connection pooled;
  private final Runnable afterClose;
  private final Connection proxy;
  private final OpenStatements open = new OpenStatements();
  private volatile @Nullable Statement latest;
  private boolean stopping;
  private boolean stopped;
  private boolean returned;

  LeasedConnection(Generation generation, Lease lease, Connection pooled, Runnable afterClose) {
    this.generation = generation;
    this.lease = lease;
    this.pooled = pooled;
    this.afterClose = afterClose;
    this.proxy =
        (Connection)
            Proxy.newProxyInstance(
                LeasedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class, Leased.class},
                this);
  }

  /** The leased connection behind a connection, or null when it is none of ours. */
  static @Nullable LeasedConnection of(Connection connection) {
    try {
      return connection.unwrap(Leased.class).leased();
    } catch (SQLException | RuntimeException e) {
      return null;
    }
  }

  @Override
  public Connection connection() {
    return proxy;
  }

  @Override
  public OpenStatements open() {
    return open;
  }

  @Override
  public long generation() {
    return generation.number();
  }

  @Override
  public @Nullable String doing() {
    return lease.doing();
  }

  /** Whether its user has asked to read only. */
  boolean isReadOnly() {
    try {
      return !isReturned() && pooled.isReadOnly();
    } catch (SQLException e) {
      return false;
    }
  }

  synchronized boolean isReturned() {
    return returned;
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    switch (method.getName()) {
      case "close":
        giveBack();
        return null;
      case "isClosed":
        return isReturned() || pooled.isClosed();
      case "leased":
        return this;
      case "unwrap":
        if (args != null && args[0] == Leased.class) {
          return self;
        }
        break;
      case "isWrapperFor":
        if (args != null && args[0] == Leased.class) {
          return true;
        }
        break;
      case "equals":
        return args != null && args[0] == self;
      case "hashCode":
        return System.identityHashCode(self);
      case "toString":
        return "connection of bind '" + generation.key() + "'";
      default:
        break;
    }
    if (isReturned()) {
      throw new SQLNonTransientConnectionException(
          "bind '" + generation.key() + "': the connection is closed", "08003");
    }
    try {
      Object result = method.invoke(pooled, args);
      if (result instanceof Statement statement) {
        latest = statement;
        return watched(statement, args);
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private Statement watched(Statement statement, @Nullable Object @Nullable [] args) {
    String sql = args != null && args.length > 0 && args[0] instanceof String text ? text : null;
    return generation.statements().watched(statement, sql, this);
  }

  /** Returns the connection to the pool, after a kill that is under way. */
  void giveBack() {
    synchronized (this) {
      boolean interrupted = false;
      while (stopping) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (returned) {
        return;
      }
      returned = true;
    }
    try (pooled) {
      open.finish();
      if (stopped && !pooled.isClosed() && !pooled.isValid(VALID_SECONDS)) {
        // a result that ended while it was being stopped may stay open in the driver
        generation.evict(pooled);
      }
    } catch (SQLException e) {
      // the pool has thrown the connection away, which is all that was wanted
      log.debug("bind '{}': a connection closed with an error", generation.key(), e);
    } finally {
      afterClose.run();
    }
  }

  /** Stops what the connection is doing. Returns whether it was in use. */
  boolean stop() {
    synchronized (this) {
      if (returned || stopping) {
        return false;
      }
      stopping = true;
      stopped = true;
    }
    generation.pool().tally().killed.increment();
    try {
      kill();
    } finally {
      synchronized (this) {
        stopping = false;
        notifyAll();
      }
    }
    return true;
  }

  private void kill() {
    Future<?> kill = null;
    long start = System.nanoTime();
    try {
      kill =
          generation
              .workers()
              .urgent()
              .submit(
                  () -> {
                    generation.type().kill(pooled, generation.source());
                    return true;
                  });
      kill.get(KILL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      boolean plain = e.getCause() instanceof SQLFeatureNotSupportedException;
      if (plain) {
        cancel();
      }
      abort(kill, e);
      if (!plain) {
        generation.notStopped(e.getCause() == null ? e : e.getCause(), start);
      }
    } catch (TimeoutException e) {
      abort(kill, e);
      generation.notStopped(e, start);
    } catch (RejectedExecutionException e) {
      abort(kill, e);
    } catch (InterruptedException e) {
      abort(kill, e);
      Thread.currentThread().interrupt();
    }
  }

  /** A plain driver's own way, as some, such as H2's, do nothing when a connection is aborted. */
  private void cancel() {
    Statement statement = latest;
    if (statement != null) {
      generation
          .workers()
          .urgent()
          .execute(
              () -> {
                try {
                  statement.cancel();
                } catch (SQLException e) {
                  log.debug("bind '{}': cannot cancel a statement", generation.key(), e);
                }
              });
    }
  }

  private void abort(@Nullable Future<?> kill, Exception why) {
    if (kill != null) {
      kill.cancel(true);
    }
    log.debug("bind '{}': kill failed, aborting the connection", generation.key(), why);
    generation.evict(pooled);
    try {
      pooled.unwrap(Connection.class).abort(generation.workers().urgent());
    } catch (SQLException | RuntimeException e) {
      log.debug("bind '{}': cannot abort a connection", generation.key(), e);
    }
  }
}
