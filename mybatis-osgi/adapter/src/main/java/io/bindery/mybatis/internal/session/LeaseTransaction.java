package io.bindery.mybatis.internal.session;

import io.bindery.bind.BindLease;
import io.bindery.bind.StreamingMode;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Cancellation;
import io.bindery.source.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.SqlCommandType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transaction of a session that is alone: the connection is left in autocommit mode, so that a
 * read is one statement and each write commits by itself.
 */
final class LeaseTransaction implements SessionTransaction {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseTransaction.class);

  private final BindLease lease;
  private final Deadline deadline;

  /**
   * Held while the connection is taken or given back, and while it is killed: a kill that came
   * after the connection was given back would hit the statement of somebody else.
   */
  private final ReentrantLock handOver = new ReentrantLock();

  private final Cancellation killed = new Cancellation();

  private @Nullable Connection connection;
  private boolean inTransaction;
  private boolean wrote;

  LeaseTransaction(BindLease lease, Deadline deadline) {
    this.lease = lease;
    this.deadline = deadline;
  }

  @Override
  public Connection getConnection() {
    Connection taken = connection;
    if (taken == null) {
      taken = killed.interrupting(() -> lease.connection(deadline.remaining()));
      handOver.lock();
      connection = taken;
      handOver.unlock();
    }
    if (killed.isCancelled()) {
      throw new BinderyException(
          ErrorCode.TIMEOUT,
          lease.bindKey(),
          "bind '%s': stopped before a statement was sent".formatted(lease.bindKey()),
          null);
    }
    return taken;
  }

  /** Notes what is written while a result is read, which commits with the reading. */
  @Override
  public void begin(MappedStatement statement) {
    boolean reads = statement.getSqlCommandType() == SqlCommandType.SELECT;
    wrote |= inTransaction && (!reads || statement.isDirtySelect());
  }

  @Override
  public void stream(StreamingMode mode) throws SQLException {
    if (!mode.autoCommit() && !inTransaction) {
      getConnection().setAutoCommit(false);
      inTransaction = true;
    }
  }

  /** Whoever reads it ends the session, too. */
  @Override
  public <T> Cursor<T> opened(Cursor<T> cursor, MappedStatement statement, ClassLoader loader) {
    return cursor;
  }

  @Override
  public void kill() {
    killed.cancel();
    handOver.lock();
    try {
      if (connection != null && !connection.isClosed()) {
        lease.kill(connection);
      }
    } catch (SQLException e) {
      LOG.debug("bind '{}': a connection cannot tell whether it is closed", lease.bindKey(), e);
    } finally {
      handOver.unlock();
    }
  }

  @Override
  public boolean isLost() throws SQLException {
    Connection taken = connection;
    return taken != null && taken.isClosed();
  }

  /**
   * None: whoever opens the session stops its statements at the deadline, to the millisecond, and
   * JDBC's limit, whole seconds rounded up, would only come later. Yet a driver sets a timer for it
   * at each statement, and wakes a thread. A statement's own limit counts as it is.
   */
  @Override
  public @Nullable Integer getTimeout() {
    return null;
  }

  /** Does nothing: in autocommit mode each statement has committed by itself. */
  @Override
  public void commit() {}

  /** Does nothing: in autocommit mode there is nothing to take back. */
  @Override
  public void rollback() {}

  /** Ends the transaction of a reading, if there was one, and gives the connection back. */
  @Override
  public void close() {
    handOver.lock();
    Connection taken = connection;
    connection = null;
    handOver.unlock();
    if (taken == null) {
      return;
    }
    try (taken) {
      if (inTransaction) {
        end(taken);
        taken.setAutoCommit(true);
      }
    } catch (SQLException e) {
      // the work is done or has failed already; the pool throws the connection away
      LOG.debug("bind '{}': cannot give a connection back", lease.bindKey(), e);
    }
  }

  private void end(Connection taken) throws SQLException {
    if (!wrote) {
      UnitTransaction.limit(taken, Duration.ZERO);
      taken.rollback();
      return;
    }
    try {
      UnitTransaction.limit(taken, deadline.remaining());
      taken.commit();
    } catch (SQLException e) {
      throw lease.explain(e, "committing what was written while a result was read");
    }
  }
}
