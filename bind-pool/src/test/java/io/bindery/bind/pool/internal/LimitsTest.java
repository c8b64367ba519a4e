package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.FaultyProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing waits longer than its limit, whatever a server or the network between does. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LimitsTest {
  /** How much later than its limit something may end on a machine that is busy. */
  private static final Duration BUSY = Duration.ofSeconds(4);

  private static MariaDbServer server;

  private final Path folder;
  private BindHost host;
  private FaultyProxy proxy;

  LimitsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void startServer() {
    server = MariaDbServer.start();
    server.execute("", "CREATE DATABASE one");
    // HikariCP trusts a connection for half a second after its use; here it never does
    System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "-1");
  }

  @AfterAll
  static void stopServer() {
    System.clearProperty("com.zaxxer.hikari.aliveBypassWindowMs");
    server.close();
  }

  @BeforeEach
  void start() throws Exception {
    host = new BindHost(folder);
    proxy = FaultyProxy.to(server.port());
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    host.close();
  }

  @Test
  void aServerThatHangsTakesTheBindDownWithinOneCallAndTheBindComesBackByItself() {
    DatabaseBind bind = up("pool.connectionTimeout", "2000");
    assertThat(ask(bind, "SELECT 1")).isEqualTo("1");
    proxy.hang();
    assertEndsWithin(
        Duration.ofSeconds(2),
        () ->
            assertThatThrownBy(() -> ask(bind, "SELECT 1"))
                .hasMessageStartingWith("bind 'crm': down: cannot connect to mysql://127.0.0.1:")
                .hasMessageContaining(": no answer within ")
                .hasMessageEndingWith(
                    "; check that the server is not stuck and that no firewall drops its packets"));
    assertFailsFast(bind);
    proxy.heal();
    host.awaitState("crm", BindState.UP);
    assertThat(ask(bind, "SELECT 1")).isEqualTo("1");
    assertThat(bind.status().generation()).isEqualTo(1);
  }

  @Test
  void aServerThatHangsBeforeTheFirstConnectionDoesTheSame() {
    DatabaseBind bind = up("pool.connectionTimeout", "1000");
    proxy.hang();
    assertEndsWithin(
        Duration.ofSeconds(1),
        () ->
            assertThatThrownBy(() -> ask(bind, "SELECT 1"))
                .hasMessageContaining(": no answer within "));
    assertFailsFast(bind);
  }

  @Test
  void aCallerWithLittleTimeWaitsNoLongerForAConnection() {
    DatabaseBind bind = up("pool.connectionTimeout", "3000");
    assertThat(ask(bind, "SELECT 1")).isEqualTo("1");
    proxy.hang();
    try (BindLease lease = bind.acquire(SOON)) {
      assertEndsWithin(
          Duration.ofMillis(300),
          Duration.ofMillis(1_500),
          () ->
              assertThatThrownBy(() -> lease.connection(Duration.ofMillis(300)).close())
                  .isInstanceOfSatisfying(
                      BinderyException.class,
                      e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT))
                  .hasMessageStartingWith("bind 'crm': no connection within 300 ms (")
                  .hasMessageContaining("not full (it may have 10), the server did not answer"));
    }
    host.awaitState("crm", BindState.DOWN);
    proxy.heal();
    host.awaitState("crm", BindState.UP);
    assertThat(ask(bind, "SELECT 1")).isEqualTo("1");
    assertThat(bind.status().pool())
        .isNotNull()
        .satisfies(counters -> assertThat(counters.active()).isZero());
  }

  @Test
  void aLoginThatTricklesDoesNotOutlastTheConnectTimeout() {
    proxy.slow(10);
    long start = System.nanoTime();
    host.configure(
        "crm", "url", proxy.through(server.url("one")), "pool.connectionTimeout", "1000");
    assertThat(host.awaitState("crm", BindState.DOWN).reason())
        .contains(": no answer within 1 s; ");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BUSY.plusSeconds(1));
  }

  @Test
  void retriesOfTheDriverDoNotOutlastTheConnectTimeout() {
    proxy.refuse();
    long start = System.nanoTime();
    host.configure(
        "crm",
        "url",
        proxy.through(server.url("one")),
        "pool.connectionTimeout",
        "1000",
        "driver.autoReconnect",
        "true",
        "driver.maxReconnects",
        "20");
    host.awaitState("crm", BindState.DOWN);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BUSY.plusSeconds(1));
  }

  @Test
  void whoStopsAStatementOfAServerThatHangsIsFreeSoon() {
    DatabaseBind bind = up();
    try (BindLease lease = bind.acquire(SOON);
        Connection connection = lease.connection()) {
      CompletableFuture<Throwable> ended =
          CompletableFuture.supplyAsync(() -> failureOf(connection, "SELECT SLEEP(60)"));
      awaitStatement("SELECT SLEEP(60)");
      proxy.hang();
      assertEndsWithin(Duration.ofSeconds(1), () -> lease.kill(connection));
      assertThat(ended).succeedsWithin(BUSY);
      assertThat(lease.explain((SQLException) ended.join(), "the query"))
          .hasMessage("bind 'crm': the query was stopped");
      host.awaitState("crm", BindState.DOWN);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReadThatExceedsTheDriversLimitSaysSo() {
    DatabaseBind bind = up("driver.socketTimeout", "500");
    assertThatThrownBy(() -> ask(bind, "SELECT SLEEP(60)"))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT))
        .hasMessageStartingWith("bind 'crm': the test's query ran out of time: no answer");
    assertThat(bind.status().state()).isEqualTo(BindState.UP);
    proxy.hang();
    assertThatThrownBy(() -> ask(bind, "SELECT 1")).isInstanceOf(BinderyException.class);
    assertThat(bind.status().state()).isEqualTo(BindState.DOWN);
  }

  @Test
  void oneConnectionThatBreaksInTheMiddleOfAResultTakesNothingDown() throws SQLException {
    try (LogLines log = new LogLines()) {
      DatabaseBind bind = up();
      try (BindLease lease = bind.acquire(SOON);
          Connection connection = lease.connection();
          Statement statement = connection.createStatement()) {
        statement.setFetchSize(lease.streaming().fetchSize());
        ResultSet rows =
            statement.executeQuery("SELECT seq, REPEAT('x', 200) FROM seq_1_to_2000000");
        proxy.resetAfter(100_000);
        assertThatThrownBy(
                () -> {
                  while (rows.next()) {
                    // reads what was on its way
                  }
                })
            .isInstanceOfSatisfying(
                SQLException.class,
                e ->
                    assertThat(lease.explain(e, "reading"))
                        .hasMessageStartingWith(
                            "bind 'crm': reading lost the database: Connection reset; the server")
                        .hasMessageNotContainingAny("Communications", "SQLSTATE", "\n"));
      }
      assertThat(ask(bind, "SELECT 1")).isEqualTo("1");
      assertThat(bind.status().state()).isEqualTo(BindState.UP);
      assertThat(log.text()).doesNotContain("down");
    }
  }

  @Test
  void aRemovedBindIsClosedThoughItsServerHangs() {
    try (LogLines log = new LogLines()) {
      DatabaseBind bind = up("drain.timeout", "200");
      BindLease lease = bind.acquire(SOON);
      Connection connection = lease.connection();
      CompletableFuture<Throwable> ended =
          CompletableFuture.supplyAsync(() -> failureOf(connection, "SELECT SLEEP(61)"));
      awaitStatement("SELECT SLEEP(61)");
      proxy.hang();
      host.delete("crm");
      await().atMost(SOON.plus(BUSY)).until(() -> log.text().contains("generation 1 closed after"));
      assertThat(ended).succeedsWithin(BUSY);
    }
  }

  private DatabaseBind up(Object... more) {
    Object[] pairs = new Object[more.length + 2];
    pairs[0] = "url";
    pairs[1] = proxy.through(server.url("one"));
    System.arraycopy(more, 0, pairs, 2, more.length);
    host.configure("crm", pairs);
    host.awaitState("crm", BindState.UP);
    return host.bind("crm");
  }

  private static void assertFailsFast(DatabaseBind bind) {
    assertThat(bind.status().state()).isEqualTo(BindState.DOWN);
    assertThat(
            quickest(
                () ->
                    assertThatThrownBy(() -> bind.acquire(SOON))
                        .hasMessageStartingWith("bind 'crm': down")))
        .isLessThan(Duration.ofMillis(500));
  }

  /** How long the quickest of some calls takes, as a busy machine can hold up any of them. */
  static Duration quickest(Runnable call) {
    Duration best = Duration.ofDays(1);
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      call.run();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      best = took.compareTo(best) < 0 ? took : best;
    }
    return best;
  }

  private static void assertEndsWithin(Duration limit, ThrowingCallable work) {
    assertEndsWithin(limit, BUSY, work);
  }

  private static void assertEndsWithin(Duration limit, Duration grace, ThrowingCallable work) {
    long start = System.nanoTime();
    try {
      work.call();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit.plus(grace));
  }

  private static Throwable failureOf(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return new AssertionError("no failure: " + sql);
    } catch (SQLException e) {
      return e;
    }
  }

  private static void awaitStatement(String sql) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              try (Connection connection = server.connect("");
                  Statement statement = connection.createStatement();
                  ResultSet rows =
                      statement.executeQuery(
                          "SELECT COUNT(*) FROM information_schema.processlist WHERE info = '"
                              + sql
                              + "'")) {
                return rows.next() && rows.getInt(1) == 1;
              }
            });
  }
}
