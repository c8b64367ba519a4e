package io.bindery.bind.mysql.internal;

import static io.bindery.testing.TypeAttempts.freePort;
import static io.bindery.testing.TypeAttempts.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import io.bindery.bind.spi.Secret;
import io.bindery.error.BinderyException;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.TypeAttempts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MysqlBindTypeTest {
  private static MariaDbServer server;

  private final MysqlBindType type = new MysqlBindType();
  private final TypeAttempts attempts = new TypeAttempts(type);

  @BeforeAll
  static void startServer() {
    server = MariaDbServer.start();
    server.execute("", "CREATE DATABASE crm", "CREATE DATABASE `a b?c=d&e`");
    server.execute(
        "crm",
        "CREATE TABLE word (id INT PRIMARY KEY, text VARCHAR(20) CHARACTER SET latin1)",
        "INSERT INTO word VALUES (1, 'é')");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void resultsArriveAsUtf8WhateverTheTableHolds() throws SQLException {
    try (Connection connection = crm().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT text, @@character_set_results FROM word")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getBytes(1)).containsExactly(0xC3, 0xA9);
      assertThat(rows.getString(2)).isEqualTo("utf8mb4");
    }
  }

  @Test
  void aStatementWithATimeoutDoesNotHoldOnToTheClassLoaderOfItsCaller() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (Connection connection = crm().getConnection();
        Statement statement = connection.createStatement();
        URLClassLoader callers = new URLClassLoader(new URL[0])) {
      thread.setContextClassLoader(callers);
      statement.setQueryTimeout(60);
      statement.execute("SELECT 1");
      assertThat(Thread.getAllStackTraces().keySet())
          .anyMatch(each -> each.getName().equals("MySQL Statement Cancellation Timer"))
          .noneMatch(each -> each != thread && each.getContextClassLoader() == callers);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aDatabaseWithAStrangeNameIsReached() throws SQLException {
    DataSource source = type.dataSource(Given.of(server, "a b?c=d&e", Map.of()));
    assertThat(scalar(source, "SELECT DATABASE()")).isEqualTo("a b?c=d&e");
  }

  @Test
  void aJdbcUrlWorksAsItIsAndIsShownWithoutUserPasswordAndQuery() throws SQLException {
    String url =
        "jdbc:mysql://127.0.0.1:%d/crm?user=%s&password=%s"
            .formatted(server.port(), server.user(), server.password());
    assertThat(scalar(type.dataSource(Given.jdbc(url)), "SELECT 7")).isEqualTo("7");
    String mariadb = url.replace("jdbc:mysql:", "jdbc:mariadb:");
    assertThat(scalar(type.dataSource(Given.jdbc(mariadb)), "SELECT 7")).isEqualTo("7");
    assertThat(type.displayUrl(Given.jdbc(mariadb)))
        .isEqualTo("mysql://127.0.0.1:" + server.port() + "/crm");
    assertThat(type.displayUrl(Given.jdbc("jdbc:mysql://u:secret9@(host=db1,password=p9)/x?a=b")))
        .isEqualTo("jdbc:mysql:[REDACTED]");
    assertThat(type.displayUrl(Given.jdbc("jdbc:mysql://u:p@secret9/word@h/crm")))
        .isEqualTo("jdbc:mysql:[REDACTED]");
  }

  @Test
  void anUnreadableJdbcUrlIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> type.dataSource(Given.jdbc("jdbc:mysql://u:canary-9x@db1:port/x")))
        .isInstanceOf(BinderyException.class)
        .hasMessage("url: the driver cannot read this jdbc: url");
  }

  @Test
  void displayUrlsHoldNeitherUserNorPasswordNorQuery() {
    assertThat(type.displayUrl(Given.parts(Map.of("charset", "utf8mb4"), Map.of())))
        .isEqualTo("mysql://db1:3307/crm");
    ConnectionSettings v6 =
        new ConnectionSettings(
            "mysql", null, "::1", null, null, null, null, null, Map.of(), Map.of(), 1);
    assertThat(type.displayUrl(v6)).isEqualTo("mysql://[::1]:3306/");
  }

  @Test
  void aServerThatAcceptsAndSaysNothingHoldsNobodyLongerThanTheConnectTimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ConnectionSettings settings =
          new ConnectionSettings(
              "mysql",
              null,
              "127.0.0.1",
              silent.getLocalPort(),
              null,
              "u",
              null,
              null,
              Map.of(),
              Map.of(),
              400);
      long start = System.nanoTime();
      assertThatThrownBy(() -> type.dataSource(settings).getConnection().close())
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(FailureKind.of(e, type)).isEqualTo(FailureKind.UNANSWERED));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void theLimitOfTheLoginDoesNotStayOnTheConnection() throws SQLException {
    DataSource source = type.dataSource(Given.of(server, "crm", Map.of("connectTimeout", "300")));
    assertThat(scalar(source, "SELECT SLEEP(0.8)")).isEqualTo("0");
    try (Connection connection = source.getConnection()) {
      assertThat(connection.getNetworkTimeout()).isZero();
    }
    DataSource limited = type.dataSource(Given.of(server, "crm", Map.of("socketTimeout", "1500")));
    try (Connection connection = limited.getConnection()) {
      assertThat(connection.getNetworkTimeout()).isEqualTo(1500);
    }
  }

  @Test
  void killStopsTheReadingOfAResultAndLeavesTheConnectionUsable() throws Exception {
    try (Connection connection = crm().getConnection();
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(type.streaming().fetchSize());
      long start = System.nanoTime();
      try (ResultSet rows =
          statement.executeQuery("SELECT seq, REPEAT('x', 200) FROM seq_1_to_20000000")) {
        assertThat(rows.next()).isTrue();
        type.kill(connection, crm());
        assertThatThrownBy(
                () -> {
                  while (rows.next()) {
                    // reads what was on its way
                  }
                })
            .isInstanceOfSatisfying(
                SQLException.class,
                e -> assertThat(FailureKind.of(e, type)).isEqualTo(FailureKind.TIMEOUT));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      assertThat(connection.isValid(2)).isTrue();
      try (ResultSet again = statement.executeQuery("SELECT 1")) {
        assertThat(again.next()).isTrue();
      }
    }
  }

  @Test
  void killStopsAStatementThatIsExecuting() throws Exception {
    CompletableFuture<Connection> running = new CompletableFuture<>();
    CompletableFuture<FailureKind> ended =
        CompletableFuture.supplyAsync(
            () -> {
              try (Connection connection = crm().getConnection();
                  Statement statement = connection.createStatement()) {
                running.complete(connection);
                statement.execute("SELECT COUNT(*) FROM seq_1_to_2000000000 WHERE SLEEP(0.01)");
                return FailureKind.QUERY;
              } catch (SQLException e) {
                return FailureKind.of(e, type);
              }
            });
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                scalar(
                        crm(),
                        "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE"
                            + " '%2000000000 WHERE SLEEP%' AND id <> CONNECTION_ID()")
                    .equals("1"));
    type.kill(running.join(), crm());
    assertThat(ended).succeedsWithin(Duration.ofSeconds(3)).isEqualTo(FailureKind.TIMEOUT);
  }

  @Test
  void killingAConnectionThatRestsDoesNotHitItsNextStatement() throws Exception {
    try (Connection connection = crm().getConnection();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 20; i++) {
        type.kill(connection, crm());
        try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM word")) {
          assertThat(rows.next()).isTrue();
        }
      }
    }
  }

  @Test
  void whatTheServerSaysIsUnderstood() throws Exception {
    assertThat(kindOf("nobody", "wrong", "crm")).isEqualTo(FailureKind.DENIED);
    assertThat(kindOf(server.user(), "wrong", "crm")).isEqualTo(FailureKind.DENIED);
    assertThat(kindOf(server.user(), server.password(), "nosuch"))
        .isEqualTo(FailureKind.NO_DATABASE);
    ConnectionSettings nowhere =
        new ConnectionSettings(
            "mysql", null, "127.0.0.1", freePort(), null, "u", null, null, Map.of(), Map.of(), 500);
    assertThat(attempts.kindOf(nowhere)).isEqualTo(FailureKind.REFUSED);
    assertThat(attempts.kindOf(crm(), "SELEKT 1")).isEqualTo(FailureKind.QUERY);
    assertThat(attempts.kindOf(crm(), "SELECT * FROM nosuch")).isEqualTo(FailureKind.QUERY);
    assertThat(
            attempts.kindOf(
                crm(),
                "SET STATEMENT max_statement_time=0.2 FOR SELECT SUM(seq % 7) FROM seq_1_to_9000000000"))
        .isEqualTo(FailureKind.TIMEOUT);
  }

  @Test
  void aFullServerIsToldFromARefusedLogin() throws Exception {
    server.execute("", "CREATE USER few@'%' IDENTIFIED BY 'few' WITH MAX_USER_CONNECTIONS 1");
    server.execute("", "GRANT ALL ON *.* TO few@'%'");
    ConnectionSettings few =
        new ConnectionSettings(
            "mysql",
            null,
            "127.0.0.1",
            server.port(),
            null,
            "few",
            new Secret("few"),
            null,
            Map.of(),
            Map.of(),
            500);
    try (Connection only = type.dataSource(few).getConnection()) {
      assertThat(only.isValid(1)).isTrue();
      assertThat(attempts.kindOf(few)).isEqualTo(FailureKind.TOO_MANY_CONNECTIONS);
    }
  }

  @Test
  void theOrderOfTextsIsThatOfTheirUtf8Bytes() throws SQLException {
    String sorted = type.orderTextAsBinary("v");
    String values =
        "SELECT 'a' v UNION SELECT 'B' UNION SELECT 'a ' UNION SELECT 'é' UNION SELECT '\uD83D\uDE00'"
            + " UNION SELECT '\uFB01'";
    String all =
        scalar(
            crm(),
            "SELECT GROUP_CONCAT(v ORDER BY " + sorted + " SEPARATOR '|') FROM (" + values + ") t");
    assertThat(all).isEqualTo("B|a|a |é|\uFB01|\uD83D\uDE00");
  }

  private DataSource crm() {
    return type.dataSource(Given.of(server, "crm", Map.of()));
  }

  private FailureKind kindOf(String user, String password, String database) {
    return attempts.kindOf(
        new ConnectionSettings(
            "mysql",
            null,
            "127.0.0.1",
            server.port(),
            database,
            user,
            new Secret(password),
            null,
            Map.of(),
            Map.of(),
            2_000));
  }
}
