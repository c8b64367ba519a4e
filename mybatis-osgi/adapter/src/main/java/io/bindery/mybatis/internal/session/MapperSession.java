package io.bindery.mybatis.internal.session;

import io.bindery.bind.BindLease;
import io.bindery.bind.RowBytes;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Deadline;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ibatis.executor.ErrorContext;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.defaults.DefaultSqlSession;
import org.jspecify.annotations.Nullable;

/**
 * MyBatis over one connection of a pinned generation, within a deadline: alone, or as a part of a
 * unit of work that has several. For one thread at a time, but for {@link #kill}.
 */
public final class MapperSession implements AutoCloseable {
  private final BindLease lease;
  private final ClassLoader loader;
  private final SessionTransaction transaction;
  private final @Nullable BindLease owned;
  private final SqlSession session;

  private MapperSession(
      Configuration configuration,
      ClassLoader loader,
      BindLease lease,
      SessionTransaction transaction,
      @Nullable BindLease owned) {
    this.lease = lease;
    this.loader = loader;
    this.transaction = transaction;
    this.owned = owned;
    this.session =
        new DefaultSqlSession(
            configuration,
            new StreamingExecutor(configuration, transaction, lease.streaming(), loader),
            true);
  }

  /**
   * Opens a session that is alone; takes no connection yet.
   *
   * @param configuration the model's statements for the lease's database id
   * @param loader the model's class loader
   * @param lease the pinned generation; closed with the session
   * @param deadline until when its statements may run
   */
  public static MapperSession alone(
      Configuration configuration, ClassLoader loader, BindLease lease, Deadline deadline) {
    return new MapperSession(
        configuration, loader, lease, new LeaseTransaction(lease, deadline), lease);
  }

  /**
   * Opens a session of a unit of work.
   *
   * @param configuration the model's statements for the lease's database id
   * @param loader the model's class loader
   * @param transaction the unit's work on one bind; ended by the unit
   */
  public static MapperSession joined(
      Configuration configuration, ClassLoader loader, UnitTransaction transaction) {
    return new MapperSession(configuration, loader, transaction.lease(), transaction, null);
  }

  /** MyBatis' session itself. */
  public SqlSession session() {
    return session;
  }

  /**
   * Invokes a method of a mapper.
   *
   * @param mapper the interface
   * @param method one of its methods, made accessible
   * @param arguments its arguments
   * @return what the method returns
   * @throws Throwable what the model's code throws
   */
  public @Nullable Object invoke(
      Class<?> mapper, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(session.getMapper(mapper), arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    } catch (UndeclaredThrowableException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /**
   * Does some work with the model's class loader in place and leaves nothing behind in the thread.
   *
   * @param doing what is done, for messages, such as {@code "source 'customers'"}
   * @param work the work
   * @return what the work returns
   * @throws io.bindery.error.BinderyException when the database or the mapping fails
   */
  public <T> @Nullable T within(String doing, Work<T> work) throws Throwable {
    lease.doing(doing);
    try (ThreadLoader ignored = ThreadLoader.use(loader)) {
      return work.run();
    } catch (Throwable e) {
      throw Failures.explain(e, lease, doing);
    } finally {
      ErrorContext.instance().reset(); // a ThreadLocal that would keep the model's statement
    }
  }

  /**
   * Reads on, as {@link #within} does, but for what only statements leave behind in the thread.
   *
   * @param doing what is done, for messages
   * @param work reads of a result that is open
   * @return what the work returns
   * @throws io.bindery.error.BinderyException when the database or the mapping fails
   */
  public <T> @Nullable T reading(String doing, Work<T> work) throws Throwable {
    try (ThreadLoader ignored = ThreadLoader.use(loader)) {
      return work.run();
    } catch (Throwable e) {
      ErrorContext.instance().reset();
      throw Failures.explain(e, lease, doing);
    }
  }

  /**
   * Reads on, as {@link #reading} does, where no code of the model is called.
   *
   * @param doing what is done, for messages
   * @param work reads of a result that is open
   * @return what the work returns
   * @throws io.bindery.error.BinderyException when the database or the mapping fails
   */
  public <T> @Nullable T readingOn(String doing, Work<T> work) throws Throwable {
    try {
      return work.run();
    } catch (Throwable e) {
      ErrorContext.instance().reset();
      throw Failures.explain(e, lease, doing);
    }
  }

  /**
   * The bytes of the rows of a result.
   *
   * @param rows a result of this session, before its first row
   * @return null when there are none
   */
  public @Nullable RowBytes bytes(ResultSet rows) {
    return lease.bytes(rows);
  }

  /**
   * Calls a mapper method, whose statements are stopped when its time is over, also when the
   * network is gone.
   *
   * @param doing what is called, for messages, such as {@code "mapper method 'A.b'"}
   * @param timeout the time allowed
   * @param watch stops it
   * @param work the call
   * @return what the call returns
   * @throws io.bindery.error.BinderyException when the database or the mapping fails; TIMEOUT when
   *     the time was over
   */
  public <T> @Nullable T call(String doing, Duration timeout, DeadlineWatch watch, Work<T> work)
      throws Throwable {
    AtomicBoolean late = new AtomicBoolean();
    PersistentKill kill = new PersistentKill(this::kill, watch);
    DeadlineWatch.Alarm stop =
        watch.after(
            timeout,
            () -> {
              late.set(true);
              kill.begin();
            });
    // in a unit of work a later kill could meet a later call
    kill.working(owned != null);
    try {
      T result = within(doing, work);
      if (late.get()) { // some statements, such as SLEEP, end well when they are killed
        throw late(doing, timeout, null);
      }
      return result;
    } catch (BinderyException e) {
      throw late.get() ? late(doing, timeout, e) : e;
    } finally {
      stop.cancel();
      kill.working(false);
    }
  }

  private BinderyException late(String doing, Duration timeout, @Nullable Throwable cause) {
    return new BinderyException(
        ErrorCode.TIMEOUT,
        lease.bindKey(),
        "%s on bind '%s': stopped, as call.timeout (%d ms) passed"
            .formatted(doing, lease.bindKey(), timeout.toMillis()),
        cause);
  }

  /**
   * Whether the connection was closed by somebody else, who may be a pool that stops waiting.
   *
   * @throws SQLException when the driver cannot tell
   */
  public boolean isConnectionLost() throws SQLException {
    return transaction.isLost();
  }

  /** Stops the statement that runs, from any thread. Does nothing after {@link #close}. */
  public void kill() {
    transaction.kill();
  }

  /** Ends the session; one that is alone gives connection and lease back. */
  @Override
  public void close() {
    try (BindLease ended = owned;
        ThreadLoader ignored = ThreadLoader.use(loader)) {
      session.close();
    } finally {
      transaction.close();
      ErrorContext.instance().reset();
    }
  }

  /** A piece of work. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    @Nullable T run() throws Throwable;
  }
}
