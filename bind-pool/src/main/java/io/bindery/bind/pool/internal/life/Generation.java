package io.bindery.bind.pool.internal.life;

import io.bindery.bind.pool.internal.config.ResolvedSettings;
import io.bindery.bind.pool.internal.watch.StatementWatch;
import io.bindery.bind.spi.BindType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One pair of settings and pool. Generations that follow each other have the same pool when nothing
 * but the password differs.
 *
 * @param number counts the generations of a bind
 * @param target what it connects to; another one takes its place when settings change live
 * @param pool where its connections come from
 */
record Generation(long number, Target target, ConnectionPool pool) {
  String key() {
    return pool.key();
  }

  BindType type() {
    return target.type();
  }

  ResolvedSettings settings() {
    return target.settings();
  }

  @Nullable Outage outage() {
    return pool.outage();
  }

  StatementWatch statements() {
    return pool.statements();
  }

  Workers workers() {
    return pool.workers();
  }

  /** Opens connections beside the pool, with the newest password. */
  DataSource source() {
    return pool.target().source();
  }

  /** A lease, or null when the pool is retired. */
  @Nullable Lease lease() {
    return pool.leases().begin(this);
  }

  void ended(Lease lease) {
    pool.leases().ended(lease);
  }

  /**
   * Takes a connection from the pool or says why there is none.
   *
   * @param limitMillis how long it may take if that is less than the pool's own limit
   */
  Connection borrow(long limitMillis) {
    return pool.borrow(limitMillis);
  }

  /** Takes a connection out of the pool for good when its user returns it. */
  void evict(Connection connection) {
    pool.evict(connection);
  }

  /** A connection broke in use: finds out, within about a second, whether the database is gone. */
  void suspect(SQLException failure) {
    pool.suspect(failure);
  }

  /** A statement could not be stopped: finds out whether the database is gone; not awaited. */
  void notStopped(Throwable failure, long startNanos) {
    ConnectFailure words = target.words();
    pool.suspectSilence(
        failure instanceof TimeoutException
            ? words.silence(Borrowing.millisSince(startNanos))
            : words.outage(failure, startNanos));
  }

  /** A statement that writes was refused by a server that only reads. */
  void foundReadOnly() {
    pool.foundReadOnly();
  }

  /** What an error means, in words without secrets. */
  Diagnosis diagnose(Throwable failure) {
    return target.words().diagnose(failure);
  }

  @Nullable Throwable cause(Throwable failure) {
    return settings().redaction().cause(failure);
  }

  /** A record's own would show the settings. */
  @Override
  public String toString() {
    return "generation " + number + " of bind '" + key() + "'";
  }
}
