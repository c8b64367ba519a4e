package io.bindery.bind.pool.internal.life;

import io.bindery.bind.BindLease;
import io.bindery.bind.RowBytes;
import io.bindery.bind.StreamingMode;
import io.bindery.bind.spi.FailureKind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A hold on one generation, with the connections that were taken through it. */
final class Lease implements BindLease {
  private final Generation generation;
  private final List<LeasedConnection> connections = new ArrayList<>(1);
  private boolean closed;
  private volatile boolean stopped;
  private volatile String stopReason = "";
  private volatile @Nullable String doing;

  Lease(Generation generation) {
    this.generation = generation;
  }

  @Override
  public String bindKey() {
    return generation.key();
  }

  @Override
  public long generation() {
    return generation.number();
  }

  @Override
  public String databaseId() {
    return generation.type().databaseId();
  }

  @Override
  public StreamingMode streaming() {
    return generation.type().streaming();
  }

  @Override
  public @Nullable RowBytes bytes(ResultSet rows) {
    try {
      return generation.type().bytes(rows);
    } catch (SQLException e) {
      return null;
    }
  }

  @Override
  public void doing(String what) {
    doing = what;
  }

  @Nullable String doing() {
    return doing;
  }

  @Override
  public Connection connection() {
    return connection(() -> {});
  }

  @Override
  public Connection connection(Duration limit) {
    return connection(limit.toMillis(), () -> {});
  }

  /** A connection that does something more when it is closed. */
  Connection connection(Runnable afterClose) {
    return connection(Long.MAX_VALUE, afterClose);
  }

  private Connection connection(long limitMillis, Runnable afterClose) {
    refuseWhenClosed();
    LeasedConnection taken =
        new LeasedConnection(generation, this, generation.borrow(limitMillis), afterClose);
    synchronized (connections) {
      if (!closed) {
        connections.removeIf(LeasedConnection::isReturned);
        connections.add(taken);
        return taken.connection();
      }
    }
    taken.giveBack();
    throw refused();
  }

  private void refuseWhenClosed() {
    synchronized (connections) {
      if (closed) {
        throw refused();
      }
    }
  }

  private BinderyException refused() {
    return new BinderyException(
        ErrorCode.INTERNAL,
        bindKey(),
        "bind '" + bindKey() + "': the lease is closed; acquire another",
        null);
  }

  @Override
  public void kill(Connection connection) {
    LeasedConnection leased = LeasedConnection.of(connection);
    if (leased == null) {
      stopWork();
    } else {
      stopped = true;
      leased.stop();
    }
  }

  /**
   * Stops what all connections of the lease are doing, as its generation has drained for too long.
   *
   * @param timeoutMillis how long that was
   * @return how many there were
   */
  int stopLate(long timeoutMillis) {
    stopReason =
        ", as generation %d was replaced or removed and its drain.timeout (%d ms) passed"
            .formatted(generation(), timeoutMillis);
    return stopWork();
  }

  /** Stops what all connections of the lease are doing. Returns how many there were. */
  private int stopWork() {
    stopped = true;
    List<LeasedConnection> all = taken();
    if (all.size() == 1) {
      return all.get(0).stop() ? 1 : 0;
    }
    List<CompletableFuture<Boolean>> stopping =
        all.stream().map(each -> generation.workers().urgently(each::stop)).toList();
    return (int) stopping.stream().filter(CompletableFuture::join).count();
  }

  private List<LeasedConnection> taken() {
    synchronized (connections) {
      return List.copyOf(connections);
    }
  }

  @Override
  public BinderyException explain(SQLException failure, String doing) {
    Diagnosis diagnosis = generation.diagnose(failure);
    return switch (diagnosis.kind()) {
      // the login stood when the connection was made: it is the statement that is refused
      case QUERY, DENIED, NO_DATABASE ->
          stopped && saysNothing(failure)
              ? stopped(doing, failure)
              : exception(
                  ErrorCode.QUERY, doing + " failed: " + words(diagnosis, failure), failure);
      case READ_ONLY -> readOnly(diagnosis, failure, doing);
      case TIMEOUT ->
          stopped
              ? stopped(doing, failure)
              : exception(
                  ErrorCode.TIMEOUT,
                  doing + " ran out of time: " + words(diagnosis, failure),
                  failure);
      default -> stopped ? stopped(doing, failure) : lost(diagnosis, failure, doing);
    };
  }

  private BinderyException stopped(String doing, SQLException failure) {
    return exception(ErrorCode.TIMEOUT, doing + " was stopped" + stopReason, failure);
  }

  /** Whether it is not the server that speaks, but a driver that met what a stop has left. */
  private static boolean saysNothing(SQLException failure) {
    String state = failure.getSQLState();
    return failure.getErrorCode() == 0 && (state == null || state.matches("S1000|HY000"));
  }

  /** Some servers say the same of a transaction that was begun to read only. */
  private BinderyException readOnly(Diagnosis diagnosis, SQLException failure, String doing) {
    if (taken().stream().anyMatch(LeasedConnection::isReadOnly)) {
      String refused = doing + " failed: " + words(diagnosis.withoutRemedy(), failure);
      return exception(ErrorCode.QUERY, refused, failure);
    }
    generation.foundReadOnly();
    String moved = doing + " failed: " + words(diagnosis, failure);
    return exception(ErrorCode.UNAVAILABLE, moved, failure);
  }

  private BinderyException lost(Diagnosis diagnosis, SQLException failure, String doing) {
    generation.suspect(failure);
    if (diagnosis.kind() == FailureKind.UNANSWERED && generation.outage() == null) {
      String slow = doing + " ran out of time: " + words(diagnosis, failure);
      return exception(ErrorCode.TIMEOUT, slow, failure);
    }
    String gone = doing + " lost the database: " + words(diagnosis, failure);
    return exception(ErrorCode.UNAVAILABLE, gone, failure);
  }

  /** What happened with the server's own code, if it said something, and what helps. */
  private static String words(Diagnosis diagnosis, SQLException failure) {
    if (failure.getErrorCode() == 0) {
      return diagnosis.text();
    }
    String state = failure.getSQLState() == null ? "none" : failure.getSQLState();
    return diagnosis.with(" (SQLSTATE " + state + ", error " + failure.getErrorCode() + ")");
  }

  private BinderyException exception(ErrorCode code, String what, SQLException failure) {
    String message = "bind '" + bindKey() + "': " + what;
    return new BinderyException(code, bindKey(), message, generation.cause(failure));
  }

  @Override
  public void close() {
    synchronized (connections) {
      if (closed) {
        return;
      }
      closed = true;
    }
    taken().forEach(LeasedConnection::giveBack);
    generation.ended(this);
  }
}
