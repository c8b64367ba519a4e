package io.bindery.bind.pool.internal.life;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.bindery.bind.PoolCounters;
import io.bindery.bind.pool.internal.config.PoolProperty;
import io.bindery.bind.pool.internal.config.ResolvedSettings;
import io.bindery.bind.pool.internal.watch.StatementWatch;
import io.bindery.bind.spi.BindType;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One immutable pair of settings and pool. It is born serving, perhaps down, is retired once, and
 * is closed when its last lease ends or its drain timeout has passed. The pool itself begins with
 * the first connection that somebody asks for.
 */
final class Generation {
  /** HikariCP's shortest wait: how soon a waiting caller learns that the bind went down. */
  private static final long SLICE_MILLIS = 250;

  private static final long RENEWAL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final Logger log = LoggerFactory.getLogger(Generation.class);

  /** What a generation tells the life that it belongs to. */
  interface Events {
    /** The database cannot be reached any more. */
    void wentDown(Generation generation);

    /** A new connection was refused: perhaps the password was changed. */
    void loginRefused(Generation generation);
  }

  private final String key;
  private final long number;
  private final BindType type;
  private final String url;
  private final DataSource source;
  private final ConnectFailure words;
  private final StatementWatch statements;
  private final Workers workers;
  private final Events events;
  private final AtomicReference<@Nullable Outage> outage = new AtomicReference<>();
  private final ObservedDataSource observed;
  private final HikariDataSource pool;
  private final Suspicion suspicion;
  private final AtomicLong renewed = new AtomicLong(System.nanoTime() - RENEWAL_NANOS);

  private final Set<Lease> leases = new HashSet<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private boolean retired;
  private volatile boolean closed;
  private volatile boolean beenUp;
  private volatile ResolvedSettings settings;

  Generation(
      String key,
      long number,
      Candidate candidate,
      @Nullable Outage outage,
      StatementWatch statements,
      Workers workers,
      Events events) {
    this.key = key;
    this.number = number;
    this.type = candidate.type();
    this.settings = candidate.settings();
    this.url = candidate.url();
    this.source = candidate.source();
    this.words = candidate.words();
    this.statements = statements;
    statements.configure(settings.log(), settings.redaction());
    this.workers = workers;
    this.events = events;
    this.outage.set(outage);
    this.beenUp = outage == null;
    this.observed =
        new ObservedDataSource(source, words, this.outage, statements, this::connectFailed);
    this.pool = pool();
    this.suspicion = new Suspicion(workers, this::probe, this::goDown, this::evict);
  }

  private HikariDataSource pool() {
    HikariDataSource hikari = new HikariDataSource();
    hikari.setPoolName("bindery-" + key + "-" + number);
    hikari.setDataSource(observed);
    // HikariCP sets network timeouts late, from a thread of its own, unless this says "mysql";
    // nothing is ever opened by it, as there is a data source
    hikari.setJdbcUrl("jdbc:mysql:");
    hikari.setInitializationFailTimeout(-1);
    hikari.setScheduledExecutor(workers.housekeeping());
    hikari.setThreadFactory(workers.daemons("pool"));
    settings.pool().configure(hikari);
    hikari.setConnectionTimeout(SLICE_MILLIS);
    return hikari;
  }

  long number() {
    return number;
  }

  BindType type() {
    return type;
  }

  ResolvedSettings settings() {
    return settings;
  }

  /** The database's URL for people. */
  String url() {
    return url;
  }

  String key() {
    return key;
  }

  DataSource source() {
    return source;
  }

  StatementWatch statements() {
    return statements;
  }

  Workers workers() {
    return workers;
  }

  @Nullable Outage outage() {
    return outage.get();
  }

  PoolCounters counters() {
    HikariPoolMXBean bean = closed ? null : pool.getHikariPoolMXBean();
    int max = (int) settings.pool().number(PoolProperty.MAXIMUM_POOL_SIZE);
    return bean == null
        ? new PoolCounters(0, 0, 0, max)
        : new PoolCounters(
            bean.getActiveConnections(),
            bean.getIdleConnections(),
            bean.getThreadsAwaitingConnection(),
            max);
  }

  /** A lease, or null when the generation is retired. */
  @Nullable Lease lease() {
    synchronized (leases) {
      if (retired) {
        return null;
      }
      Lease lease = new Lease(this);
      leases.add(lease);
      return lease;
    }
  }

  void ended(Lease lease) {
    boolean last;
    synchronized (leases) {
      last = leases.remove(lease) && retired && leases.isEmpty();
    }
    if (last) {
      drained.complete(null);
    }
  }

  /** Takes over live changes. */
  void become(ResolvedSettings newer) {
    newer.pool().reconfigure(pool);
    settings = newer;
    statements.configure(newer.log(), newer.redaction());
  }

  /** Takes a connection from the pool or says why there is none. */
  Connection borrow() {
    long start = System.nanoTime();
    long timeout = settings.pool().number(PoolProperty.CONNECTION_TIMEOUT);
    while (true) {
      Outage down = outage.get();
      if (down != null) {
        throw down.toException(key);
      }
      if (closed) {
        throw unavailable(
            "generation " + number + " is closed, its drain timeout has passed", null);
      }
      try {
        return pool.getConnection();
      } catch (SQLException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw unavailable("interrupted while waiting for a connection", e);
        }
        giveUpOrGoOn(start, timeout, e);
      }
    }
  }

  /** Returns when waiting further makes sense; a bind that is down now is noticed by the caller. */
  private void giveUpOrGoOn(long start, long timeout, SQLException slice) {
    long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    PoolCounters counters = counters();
    boolean nothingOpen = counters.active() + counters.idle() == 0;
    Outage failure = observed.failureSince(start);
    if (failure != null && (nothingOpen || waited >= timeout)) {
      goDown(failure);
      return;
    }
    if (waited < timeout || closed) {
      return;
    }
    if (nothingOpen) {
      Throwable cause = slice.getCause();
      goDown(cause == null ? words.silence(timeout) : words.outage(cause, start));
      return;
    }
    String counted =
        String.format(
            "no connection within %d ms (active=%d, idle=%d, waiting=%d)",
            timeout, counters.active(), counters.idle(), counters.waiting());
    throw new BinderyException(ErrorCode.TIMEOUT, key, "bind '" + key + "': " + counted, slice);
  }

  BinderyException unavailable(String why, @Nullable Throwable cause) {
    return new BinderyException(ErrorCode.UNAVAILABLE, key, "bind '" + key + "': " + why, cause);
  }

  private void connectFailed(Outage failure) {
    if (failure.isDenied()) {
      events.loginRefused(this);
    }
  }

  /** A connection broke in use: finds out, within about a second, whether the database is gone. */
  void suspect(SQLException failure) {
    if (outage.get() == null && !closed) {
      suspicion.check(words.outage(failure, System.nanoTime()));
    }
  }

  /**
   * A statement that writes was refused by a server that only reads. After a failover the name
   * leads to another server by now: what is open is given up, at most once in a while.
   */
  void foundReadOnly() {
    long now = System.nanoTime();
    long before = renewed.get();
    if (now - before >= RENEWAL_NANOS && renewed.compareAndSet(before, now)) {
      log.warn("bind '{}': its server only reads; new connections replace all that are open", key);
      evict();
    }
  }

  /** What an error means, in words without secrets. */
  Diagnosis diagnose(Throwable failure) {
    return words.diagnose(failure);
  }

  @Nullable Throwable cause(Throwable failure) {
    return settings.redaction().cause(failure);
  }

  Probe probe() {
    String initSql = settings.pool().values().get(PoolProperty.CONNECTION_INIT_SQL);
    return Probe.of(source, initSql, words);
  }

  private void goDown(Outage why) {
    if (!closed && outage.compareAndSet(null, why)) {
      log.warn("bind '{}': down: {}", key, why.reason());
      evict();
      events.wentDown(this);
    }
  }

  /** Whether its settings are known to be right, even if the database is away now. */
  boolean hasBeenUp() {
    return beenUp;
  }

  /** A probe came through: calls are let in again. */
  void recovered() {
    beenUp = true;
    Outage was = outage.getAndSet(null);
    if (was != null) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - was.sinceNanos());
      log.info("bind '{}': up again after {} ms", key, millis);
    }
  }

  /** A probe failed again, perhaps otherwise than before. */
  void stillDown(Outage why) {
    Outage was = outage.get();
    if (was != null && !was.reason().equals(why.reason())) {
      Outage now = new Outage(why.kind(), why.reason(), why.cause(), was.sinceNanos());
      if (outage.compareAndSet(was, now) && why.kind() != was.kind()) {
        log.warn("bind '{}': down: {}", key, why.reason());
      }
    }
  }

  private void evict() {
    HikariPoolMXBean bean = pool.getHikariPoolMXBean();
    if (bean != null) {
      bean.softEvictConnections();
    }
  }

  /** Takes a connection out of the pool for good when its user returns it. */
  void evict(Connection connection) {
    pool.evictConnection(connection);
  }

  /**
   * Lets running work finish, then closes the pool.
   *
   * @return done when the pool is closed
   */
  CompletableFuture<Void> retire() {
    synchronized (leases) {
      if (!retired) {
        retired = true;
        if (leases.isEmpty()) {
          drained.complete(null);
        }
      }
    }
    long start = System.nanoTime();
    long timeout = settings.drainTimeoutMillis();
    if (!drained.isDone()) {
      var stopping =
          workers
              .timer()
              .schedule(
                  () -> workers.urgent().execute(this::stopWork), timeout, TimeUnit.MILLISECONDS);
      drained.whenComplete((done, failure) -> stopping.cancel(false));
    }
    return drained.thenRunAsync(() -> close(start), workers.urgent());
  }

  private void stopWork() {
    List<Lease> late;
    synchronized (leases) {
      late = List.copyOf(leases);
    }
    // all at once: each may take a second
    List<CompletableFuture<Integer>> stopping =
        late.stream().map(lease -> workers.urgently(lease::stopWork)).toList();
    int stopped = stopping.stream().mapToInt(CompletableFuture::join).sum();
    log.warn(
        "bind '{}': generation {} did not finish within {} ms, {} of its connections stopped",
        key,
        number,
        settings.drainTimeoutMillis(),
        stopped);
    // what was stopped gets its error and returns its connection; then all is over
    drained.completeOnTimeout(null, 2, TimeUnit.SECONDS);
  }

  private void close(long start) {
    closed = true;
    pool.close();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    log.info("bind '{}': generation {} closed after {} ms", key, number, millis);
  }
}
