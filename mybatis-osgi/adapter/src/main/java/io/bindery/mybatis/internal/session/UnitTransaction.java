package io.bindery.mybatis.internal.session;

import io.bindery.bind.BindLease;
import io.bindery.bind.StreamingMode;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.SqlCommandType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A unit's work on one bind: one connection with one transaction, shared by the sessions of all
 * models. It ends with the unit; MyBatis' wishes to commit, roll back and close do nothing. {@link
 * #kill} may be called from any thread at any time, all else by the thread whose turn it is.
 */
public final class UnitTransaction implements SessionTransaction {
  private static final Logger LOG = LoggerFactory.getLogger(UnitTransaction.class);
  private static final int PING_SECONDS = 5;

  /** What a commit or a rollback has at least, whatever time is left. */
  private static final long LEAST_MILLIS = 5_000;

  /** The unit, as its transactions see it. */
  public interface Unit {
    /**
     * Lets the calling thread work in the unit.
     *
     * @param doing what it wants, for messages
     * @throws BinderyException when the unit has ended or serves another thread
     */
    void enter(String doing);

    /** Ends what {@link #enter} began. */
    void leave();

    /**
     * Throws the reason why the unit has ended, if it has.
     *
     * @param doing what was being done, for messages
     * @param cause what was caught, or null
     */
    void refuseAfterEnd(String doing, @Nullable Throwable cause);

    /** Until when the unit may last. */
    Deadline deadline();

    /** Whether nothing may be written. */
    boolean readOnly();

    /**
     * Hears of a write before it is sent.
     *
     * @param bindKey where
     * @param doing which, for messages
     * @throws BinderyException when it may not be
     */
    void writing(String bindKey, String doing);

    /**
     * Hears of a failure, after which the transaction may be lost.
     *
     * @param transaction where
     * @param failure what was caught
     */
    void failed(UnitTransaction transaction, Throwable failure);
  }

  private final BindLease lease;
  private final Unit unit;

  /** Held while the connection is taken or given back, while a call begins or ends, and by kill. */
  private final ReentrantLock handOver = new ReentrantLock();

  private @Nullable Connection connection;
  private @Nullable UnitCursor<?> reading;
  private Deadline deadline;
  private int calls;
  private boolean killed;

  /**
   * Work that has not begun; takes no connection yet.
   *
   * @param lease the pinned generation; closed with the transaction
   * @param unit the unit
   */
  public UnitTransaction(BindLease lease, Unit unit) {
    this.lease = lease;
    this.unit = unit;
    this.deadline = unit.deadline();
  }

  /** The pinned generation. */
  public BindLease lease() {
    return lease;
  }

  /** The unit. */
  public Unit unit() {
    return unit;
  }

  /**
   * Begins a call, which {@link #kill} stops until it has ended, and not a later one.
   *
   * @param until until when its statements may run
   */
  public void beginCall(Deadline until) {
    handOver.lock();
    try {
      if (calls++ == 0) {
        killed = false;
      }
      deadline = until;
    } finally {
      handOver.unlock();
    }
  }

  /** Ends a call; waits for a kill that is under way. */
  public void endCall() {
    handOver.lock();
    try {
      calls--;
    } finally {
      handOver.unlock();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection taken = connection;
    if (taken != null) {
      return taken;
    }
    return prepared(lease.connection(deadline.remaining()));
  }

  private Connection prepared(Connection taken) throws SQLException {
    try {
      if (unit.readOnly()) {
        taken.setReadOnly(true);
      }
      taken.setAutoCommit(false);
      keep(taken);
      return taken;
    } catch (SQLException | RuntimeException e) {
      try (taken) {
        throw e;
      }
    }
  }

  private void keep(Connection taken) {
    handOver.lock();
    try {
      if (killed) {
        throw new BinderyException(
            ErrorCode.TIMEOUT,
            lease.bindKey(),
            "bind '%s': stopped while a connection was waited for".formatted(lease.bindKey()),
            null);
      }
      connection = taken;
    } finally {
      handOver.unlock();
    }
  }

  @Override
  public void begin(MappedStatement statement) {
    String doing = "statement '%s'".formatted(name(statement));
    unit.enter(doing);
    try {
      UnitCursor<?> open = reading;
      if (open != null && !open.isDone()) {
        throw new BinderyException(
            ErrorCode.CONFIGURATION,
            lease.bindKey(),
            "%s on bind '%s': the %s is still open, and a connection that streams can run nothing"
                    .formatted(doing, lease.bindKey(), open)
                + " else; read it to its end or close it first, or return a List",
            null);
      }
      if (writes(statement)) {
        unit.writing(lease.bindKey(), doing);
      }
    } finally {
      unit.leave();
    }
  }

  private static boolean writes(MappedStatement statement) {
    return statement.isDirtySelect()
        || (statement.getSqlCommandType() != SqlCommandType.SELECT
            && statement.getSqlCommandType() != SqlCommandType.FLUSH);
  }

  /** A statement as people name it: {@code CustomerMapper.add}. */
  private static String name(MappedStatement statement) {
    String id = statement.getId();
    int method = id.lastIndexOf('.');
    return id.substring(Math.max(id.lastIndexOf('.', method - 1), id.lastIndexOf('$')) + 1);
  }

  /** There is a transaction already. */
  @Override
  public void stream(StreamingMode mode) {}

  @Override
  public <T> Cursor<T> opened(Cursor<T> cursor, MappedStatement statement, ClassLoader loader) {
    UnitCursor<T> opened = new UnitCursor<>(cursor, this, loader, name(statement));
    reading = opened;
    return opened;
  }

  @Override
  public void kill() {
    handOver.lock();
    try {
      killed = true;
      if (calls > 0 && connection != null) {
        lease.kill(connection);
      }
    } finally {
      handOver.unlock();
    }
  }

  /** Whether the call that runs has been killed. */
  boolean isKilled() {
    handOver.lock();
    try {
      return killed;
    } finally {
      handOver.unlock();
    }
  }

  /** Stops the result that is read, of which the rest is not wanted; the transaction goes on. */
  void stopReading() {
    Connection taken = connection;
    if (taken != null) {
      lease.kill(taken); // or closing would read all that is left
    }
  }

  @Override
  public boolean isLost() throws SQLException {
    Connection taken = connection;
    return taken != null && taken.isClosed();
  }

  /** The cursor that was opened last, or null. */
  public @Nullable Object reading() {
    return reading;
  }

  /** Closes the cursor that is open, if one is. */
  public void closeCursor() {
    UnitCursor<?> open = reading;
    reading = null;
    if (open != null) {
      open.abandon();
    }
  }

  /**
   * Asks whether the database still holds the transaction.
   *
   * @throws SQLException when the connection is lost, and the transaction with it
   */
  public void ping() throws SQLException {
    Connection taken = connection;
    if (taken != null && !taken.isValid(PING_SECONDS)) {
      throw new SQLNonTransientConnectionException(
          "the connection was lost before the commit was sent", "08003");
    }
  }

  /**
   * Commits.
   *
   * @throws SQLException when the database refuses, or does not answer
   */
  public void commitWork() throws SQLException {
    Connection taken = connection;
    if (taken != null) {
      limit(taken, deadline.remaining());
      taken.commit();
    }
  }

  /** A server that hangs holds nobody for ever, though nothing can be killed any more. */
  static void limit(Connection taken, Duration remaining) throws SQLException {
    long millis = Math.max(LEAST_MILLIS, Math.min(Integer.MAX_VALUE, remaining.toMillis()));
    try {
      taken.setNetworkTimeout(Runnable::run, (int) millis);
    } catch (SQLFeatureNotSupportedException e) {
      LOG.debug("the driver has no network timeouts", e);
    }
  }

  /** Rolls back what is not committed, and gives connection and lease back. */
  public void end() {
    handOver.lock();
    Connection taken = connection;
    connection = null;
    handOver.unlock();
    try (lease) {
      if (taken != null) {
        giveBack(taken);
      }
    }
  }

  private void giveBack(Connection taken) {
    try (taken) {
      if (!taken.isClosed()) {
        limit(taken, Duration.ZERO);
        taken.rollback();
        taken.setAutoCommit(true);
        if (unit.readOnly()) {
          taken.setReadOnly(false);
        }
      }
    } catch (SQLException e) {
      // the database rolls back by itself when the connection goes; the pool throws it away
      LOG.debug("bind '{}': cannot give a connection back", lease.bindKey(), e);
    }
  }

  @Override
  public Integer getTimeout() {
    return seconds(deadline);
  }

  /** Whole seconds, as JDBC has it, and never 0, which would mean no limit. */
  static int seconds(Deadline deadline) {
    Duration remaining = deadline.remaining().plusMillis(999);
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, remaining.toSeconds()));
  }

  /** Does nothing: the unit commits. */
  @Override
  public void commit() {}

  /** Does nothing: the unit rolls back. */
  @Override
  public void rollback() {}

  /** Does nothing: the unit ends. */
  @Override
  public void close() {}
}
