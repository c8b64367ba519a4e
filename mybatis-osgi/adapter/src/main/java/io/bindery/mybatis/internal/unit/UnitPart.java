package io.bindery.mybatis.internal.unit;

import io.bindery.bind.BindLease;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.MapperSession;
import io.bindery.mybatis.internal.session.UnitTransaction;
import io.bindery.source.Deadline;
import io.bindery.unit.BindResult;
import io.bindery.unit.BindResult.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unit's work on one bind: one transaction, and a session of MyBatis for each model. Used by the
 * thread whose turn it is, but for {@link #kill}.
 */
final class UnitPart {
  private final String bindKey;
  private final BindLease lease;
  private final UnitTransaction transaction;
  private final Map<ModelCode, MapperSession> sessions = new HashMap<>();
  private boolean written;

  UnitPart(BindLease lease, UnitTransaction transaction) {
    this.bindKey = lease.bindKey();
    this.lease = lease;
    this.transaction = transaction;
  }

  String bindKey() {
    return bindKey;
  }

  boolean isOf(UnitTransaction other) {
    return transaction == other;
  }

  boolean isWritten() {
    return written;
  }

  void markWritten() {
    written = true;
  }

  /**
   * Calls a mapper method in the transaction.
   *
   * @param code the model
   * @param doing what is called, for messages
   * @param timeout the time allowed
   * @param watch stops it
   * @param call the call
   */
  @Nullable Object call(
      ModelCode code, String doing, Duration timeout, DeadlineWatch watch, JoinedUnit.Call call)
      throws Throwable {
    MapperSession session = sessions.computeIfAbsent(code, it -> it.session(transaction));
    Deadline unit = transaction.unit().deadline();
    Object reading = transaction.reading();
    transaction.beginCall(unit.remaining().compareTo(timeout) < 0 ? unit : Deadline.in(timeout));
    try {
      return session.call(doing, timeout, watch, () -> noticing(session, call));
    } catch (Throwable e) {
      if (transaction.reading() != reading) {
        transaction.closeCursor(); // the caller did not get it, and could not close it
      }
      throw e;
    } finally {
      transaction.endCall();
    }
  }

  private @Nullable Object noticing(MapperSession session, JoinedUnit.Call call) throws Throwable {
    try {
      return call.in(session);
    } catch (Throwable e) {
      transaction.unit().failed(transaction, e);
      throw e;
    }
  }

  /** Whether the database has rolled back by itself, or will, as the connection is gone. */
  boolean hasLost(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().startsWith("40")) { // SQL's class "transaction rollback"
        return true;
      }
    }
    try {
      return transaction.isLost();
    } catch (SQLException e) {
      return true;
    }
  }

  /** Stops the call that runs, from any thread. */
  void kill() {
    transaction.kill();
  }

  void closeCursor() {
    transaction.closeCursor();
  }

  /** Why the transaction cannot be committed any more, or null. */
  @Nullable BinderyException lost() {
    try {
      transaction.ping();
      return null;
    } catch (SQLException e) {
      return lease.explain(e, "commit");
    } catch (RuntimeException e) {
      return broken(e);
    }
  }

  /**
   * Commits.
   *
   * @param patience how long the database may take to answer
   * @param watch stops it then
   * @return COMMITTED, FAILED or IN_DOUBT
   */
  BindResult commit(Duration patience, DeadlineWatch watch) {
    Deadline deadline = Deadline.in(patience);
    transaction.beginCall(deadline);
    DeadlineWatch.Alarm stop = null;
    try {
      stop = watch.at(deadline, transaction::kill);
      transaction.commitWork();
      return new BindResult(bindKey, Status.COMMITTED, null);
    } catch (SQLException e) {
      BinderyException failure = lease.explain(e, "commit");
      boolean answered = failure.code() == ErrorCode.QUERY && !isLost();
      return new BindResult(bindKey, answered ? Status.FAILED : Status.IN_DOUBT, failure);
    } catch (RuntimeException e) {
      return stop == null ? notSent(e) : new BindResult(bindKey, Status.IN_DOUBT, broken(e));
    } finally {
      if (stop != null) {
        stop.cancel();
      }
      transaction.endCall();
    }
  }

  private BindResult notSent(RuntimeException cause) {
    String why = "bind '%s': the commit was not sent, as the host stops".formatted(bindKey);
    BinderyException failure = new BinderyException(ErrorCode.UNAVAILABLE, bindKey, why, cause);
    return new BindResult(bindKey, Status.FAILED, failure);
  }

  /** What nobody expects of a commit, as an error of this bind. */
  BinderyException broken(RuntimeException cause) {
    return cause instanceof BinderyException known
        ? known
        : new BinderyException(
            ErrorCode.INTERNAL,
            bindKey,
            "bind '%s': commit failed: %s".formatted(bindKey, cause),
            cause);
  }

  private boolean isLost() {
    try {
      return transaction.isLost();
    } catch (SQLException e) {
      return true;
    }
  }

  /** Rolls back what is not committed, and gives everything back. */
  void end() {
    try {
      closeCursor();
      sessions.values().forEach(MapperSession::close);
    } finally {
      transaction.end();
    }
  }
}
