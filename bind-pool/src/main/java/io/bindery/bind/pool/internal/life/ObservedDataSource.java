package io.bindery.bind.pool.internal.life;

import io.bindery.bind.pool.internal.watch.StatementWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the pool opens its connections with: the bind type's data source, watched. The pool tells a
 * caller why there is no connection only after the caller's whole wait; here it is known at once.
 * While the bind is down, nothing is tried: the probe alone does that.
 */
final class ObservedDataSource extends PlainDataSource {
  private final Supplier<Target> target;
  private final StatementWatch watch;
  private final Tally tally;
  private final Consumer<Outage> failed;
  private final AtomicReference<@Nullable Outage> closedBy;
  private volatile @Nullable Outage lastFailure;

  /**
   * Watches a data source.
   *
   * @param target what to connect to; it may change at any time
   * @param closedBy holds why nothing must be tried now
   * @param watch is told of what is opened
   * @param tally counts what is opened, and what is not
   * @param failed is told of each failure
   */
  ObservedDataSource(
      Supplier<Target> target,
      AtomicReference<@Nullable Outage> closedBy,
      StatementWatch watch,
      Tally tally,
      Consumer<Outage> failed) {
    this.target = target;
    this.closedBy = closedBy;
    this.watch = watch;
    this.tally = tally;
    this.failed = failed;
  }

  /** The last failure if it came after a moment and nothing was opened since, or null. */
  @Nullable Outage failureSince(long nanos) {
    Outage failure = lastFailure;
    return failure != null && failure.sinceNanos() - nanos >= 0 ? failure : null;
  }

  /** What failed with another password says nothing about this one. */
  void forgetFailures() {
    lastFailure = null;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Outage outage = closedBy.get();
    if (outage != null) {
      throw new SQLTransientConnectionException(outage.reason());
    }
    while (true) {
      Target used = target.get();
      long start = System.nanoTime();
      try {
        Connection connection = used.source().getConnection();
        lastFailure = null;
        tally.opened.increment();
        return watch.opened(connection, System.nanoTime() - start);
      } catch (SQLException | RuntimeException | LinkageError e) {
        if (used != target.get()) {
          // the password has just been replaced: only what comes of the new one counts
          continue;
        }
        Outage failure = used.words().outage(e, start);
        lastFailure = failure;
        tally.failed(failure);
        watch.notOpened(failure.reason());
        failed.accept(failure);
        throw new SQLTransientConnectionException(failure.reason(), failure.cause());
      }
    }
  }

  @Override
  DataSource source() {
    return target.get().source();
  }

  /** As long the pool waits, when it is closed, for a connection that is being made. */
  @Override
  public int getLoginTimeout() {
    return 5;
  }
}
