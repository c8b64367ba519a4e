package io.bindery.bind.pool.internal.life;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.bindery.bind.PoolCounters;
import io.bindery.bind.pool.internal.config.PoolProperty;
import io.bindery.bind.pool.internal.watch.StatementWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one database, and whether it can be reached. It is born serving, perhaps down,
 * may be given another password, is retired once, and is closed when its last lease ends or its
 * drain timeout has passed. HikariCP's pool begins with the first connection that somebody asks
 * for.
 */
final class ConnectionPool {

  private static final long RENEWAL_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Those of all pools that are not closed: HikariCP registers each in JMX. */
  private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

  private static final Logger log = LoggerFactory.getLogger(ConnectionPool.class);

  /** What a pool tells the life that it belongs to. */
  interface Events {
    /** The database cannot be reached any more. */
    void wentDown(ConnectionPool pool);

    /** A new connection was refused: perhaps the password was changed. */
    void loginRefused(ConnectionPool pool);
  }

  private final String key;
  private final Tally tally;
  private final StatementWatch statements;
  private final Workers workers;
  private final Events events;
  private final AtomicReference<@Nullable Outage> outage = new AtomicReference<>();
  private final ObservedDataSource observed;
  private final HikariDataSource pool;
  private final PoolBeans beans;
  private final IdleTimes idleTimes;
  private final Suspicion suspicion;
  private final Borrowing borrowing;
  private final Leases leases;
  private final AtomicLong renewed = new AtomicLong(System.nanoTime() - RENEWAL_NANOS);

  private volatile Target target;
  private volatile boolean closed;
  private volatile boolean beenUp;

  /**
   * A pool that has no connection yet.
   *
   * @param bind whose it is; told of connections and what is done with them
   * @param generation the number of the first generation that has it
   * @param outage why the database cannot be reached, or null
   */
  ConnectionPool(
      Bind bind,
      long generation,
      Target target,
      @Nullable Outage outage,
      Workers workers,
      Events events) {
    this.key = bind.key();
    this.tally = bind.tally();
    this.target = target;
    this.statements = bind.statements();
    statements.configure(target.settings().log(), target.settings().redaction());
    this.workers = workers;
    this.events = events;
    this.outage.set(outage);
    this.beenUp = outage == null;
    this.leases = new Leases(workers);
    this.observed =
        new ObservedDataSource(this::target, this.outage, statements, tally, this::connectFailed);
    this.pool = pool(generation);
    this.beans = new PoolBeans(workers.jmx(), pool);
    this.idleTimes = new IdleTimes(key, pool, target.settings().pool());
    this.suspicion = new Suspicion(workers, this::probe, this::goDown, this::evict);
    this.borrowing = new Borrowing(this, pool, observed, suspicion);
  }

  /** A bind that was removed may drain while another of its key begins to count generations. */
  private static String unusedName(String wanted) {
    String name = wanted;
    for (int i = 2; !NAMES.add(name); i++) {
      name = wanted + "-" + i;
    }
    return name;
  }

  private HikariDataSource pool(long generation) {
    HikariDataSource hikari = new HikariDataSource();
    hikari.setPoolName(unusedName("bindery-" + key + "-" + generation));
    hikari.setRegisterMbeans(true);
    hikari.setDataSource(observed);
    // HikariCP sets network timeouts late, from a thread of its own, unless this says "mysql";
    // nothing is ever opened by it, as there is a data source
    hikari.setJdbcUrl("jdbc:mysql:");
    hikari.setInitializationFailTimeout(-1);
    hikari.setScheduledExecutor(workers.housekeeping());
    hikari.setThreadFactory(workers.daemons("pool"));
    target.settings().pool().configure(hikari);
    hikari.setConnectionTimeout(Borrowing.SLICE_MILLIS);
    return hikari;
  }

  String key() {
    return key;
  }

  /** What new connections are made with. */
  Target target() {
    return target;
  }

  Tally tally() {
    return tally;
  }

  StatementWatch statements() {
    return statements;
  }

  Workers workers() {
    return workers;
  }

  IdleTimes idleTimes() {
    return idleTimes;
  }

  Leases leases() {
    return leases;
  }

  @Nullable Outage outage() {
    return outage.get();
  }

  PoolCounters counters() {
    HikariPoolMXBean bean = closed ? null : pool.getHikariPoolMXBean();
    int max = (int) target.settings().pool().number(PoolProperty.MAXIMUM_POOL_SIZE);
    return bean == null
        ? new PoolCounters(0, 0, 0, max)
        : new PoolCounters(
            bean.getActiveConnections(),
            bean.getIdleConnections(),
            bean.getThreadsAwaitingConnection(),
            max);
  }

  /** Takes over what changes live; new connections are made with the newer target. */
  synchronized void become(Target newer) {
    idleTimes.become(newer.settings().pool());
    target = newer;
    statements.configure(newer.settings().log(), newer.settings().redaction());
  }

  /**
   * Takes over another password. Connections that stand are used on.
   *
   * @param failure what came of a probe with it, or null when it came through
   */
  synchronized void rotate(Target newer, @Nullable Outage failure) {
    become(newer);
    observed.forgetFailures();
    if (failure == null) {
      recovered();
    } else {
      stillDown(failure);
    }
  }

  /**
   * Takes a connection from the pool or says why there is none.
   *
   * @param limitMillis how long it may take if that is less than the pool's own limit
   */
  Connection borrow(long limitMillis) {
    Connection connection = borrowing.borrow(limitMillis);
    beans.show();
    return connection;
  }

  boolean isClosed() {
    return closed;
  }

  private void connectFailed(Outage failure) {
    if (failure.isDenied()) {
      events.loginRefused(this);
    } else {
      PoolCounters counters = counters();
      if (counters.active() + counters.idle() + counters.waiting() == 0) {
        // those who asked for it had less time than the attempt
        goDown(failure);
      }
    }
  }

  /** A connection broke in use: finds out, within about a second, whether the database is gone. */
  void suspect(SQLException failure) {
    if (outage.get() == null && !closed) {
      suspicion.check(target.words().outage(failure, System.nanoTime()), Suspicion.MOMENT_MILLIS);
    }
  }

  /** There was no answer: finds out, in the background, whether the database is gone. */
  void suspectSilence(Outage evidence) {
    if (outage.get() == null && !closed) {
      workers.urgently(
          () -> {
            suspicion.check(evidence, Suspicion.MOMENT_MILLIS);
            return true;
          });
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

  private Probe probe() {
    Probe probe = target.probe();
    if (probe.outage() != null) {
      tally.failed(probe.outage());
    }
    idleTimes.learned(probe.idleLimit());
    return probe;
  }

  private void goDown(Outage why) {
    goDown(why, target);
  }

  /** Stops calls at once, unless what failed is not what is used any more. */
  void goDown(Outage why, Target failed) {
    synchronized (this) {
      if (closed || failed != target || !outage.compareAndSet(null, why)) {
        return;
      }
    }
    log.warn("bind '{}': down: {}", key, why.reason());
    evict();
    events.wentDown(this);
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
   * @param generation the number of the last generation that had it
   * @return done when the pool is closed
   */
  CompletableFuture<Void> retire(long generation) {
    long start = System.nanoTime();
    long timeout = target.settings().drainTimeoutMillis();
    return leases
        .retire(
            timeout,
            stopped ->
                log.warn(
                    "bind '{}': generation {} did not finish within {} ms, {} of its connections"
                        + " stopped",
                    key,
                    generation,
                    timeout,
                    stopped))
        .thenRunAsync(() -> close(generation, start), workers.urgent());
  }

  private void close(long generation, long start) {
    closed = true;
    pool.close();
    beans.hide();
    NAMES.remove(pool.getPoolName());
    tally.drained.increment();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    log.info("bind '{}': generation {} closed after {} ms", key, generation, millis);
  }
}
