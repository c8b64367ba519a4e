package io.bindery.mybatis.internal.session;

import io.bindery.bind.BindLease;
import io.bindery.source.Deadline;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.SQLException;
import org.apache.ibatis.executor.ErrorContext;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.defaults.DefaultSqlSession;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work: MyBatis over one connection of a pinned generation, within a deadline. For one
 * thread at a time, but for {@link #kill}.
 */
public final class MapperSession implements AutoCloseable {
  private final BindLease lease;
  private final ClassLoader loader;
  private final LeaseTransaction transaction;
  private final SqlSession session;

  /**
   * Opens a unit of work; takes no connection yet.
   *
   * @param configuration the model's statements for the lease's database id
   * @param loader the model's class loader
   * @param lease the pinned generation; closed with the session
   * @param deadline until when its statements may run
   */
  public MapperSession(
      Configuration configuration, ClassLoader loader, BindLease lease, Deadline deadline) {
    this.lease = lease;
    this.loader = loader;
    this.transaction = new LeaseTransaction(lease, deadline);
    this.session =
        new DefaultSqlSession(
            configuration,
            new StreamingExecutor(configuration, transaction, lease.streaming()),
            true);
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

  /** Ends the unit of work, and gives connection and lease back. */
  @Override
  public void close() {
    try (lease;
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
