package io.bindery.bind.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.spi.FailureKind;
import io.bindery.testing.PostgresServer;
import io.bindery.testing.TypeAttempts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UnixSocketTest {
  private static PostgresServer server;
  private static PostgresqlBindType type;
  private static TypeAttempts attempts;

  @BeforeAll
  static void startServer() throws SQLException {
    type = new PostgresqlBindType();
    attempts = new TypeAttempts(type);
    server = PostgresServer.start();
    server.execute("", "CREATE DATABASE crm");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void largeTextsPassBothWays() throws SQLException {
    String large = "é".repeat(4_000_000);
    try (Connection connection = crm().getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT ? || 'x'")) {
      statement.setString(1, large);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1).equals(large + "x")).isTrue();
      }
    }
  }

  @Test
  void aReadTimeoutHolds() throws SQLException {
    try (Connection connection = crm().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, 300);
      assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(FailureKind.of(e, type)).isEqualTo(FailureKind.UNANSWERED));
    }
  }

  @Test
  void aReaderIsFreeWhenItsConnectionIsAborted() throws SQLException {
    Connection connection = crm().getConnection();
    CompletableFuture<FailureKind> ended =
        attempts.ending(connection, "SELECT pg_sleep(600), 'aborted'");
    awaitActive("aborted");
    connection.abort(Runnable::run);
    assertThat(ended).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(FailureKind.BROKEN);
  }

  @Test
  void anInterruptNeitherEndsAReadNorIsLost() throws Exception {
    try (Connection gate = server.connect("crm");
        Statement key = gate.createStatement();
        Connection connection = crm().getConnection();
        Statement statement = connection.createStatement()) {
      key.execute("SELECT pg_advisory_lock(1)");
      CompletableFuture<Boolean> interrupted =
          TypeAttempts.interrupted(
              connection,
              "SELECT pg_advisory_lock(1), 'interrupted'",
              () -> awaitActive("interrupted"));
      key.execute("SELECT pg_advisory_unlock(1)");
      assertThat(interrupted).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
    }
  }

  @Test
  void aSocketThatIsNotThereIsRefused() {
    DataSource source = type.dataSource(Given.socket(server, "/nowhere/.s.PGSQL.1", null));
    assertThatThrownBy(source::getConnection)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(FailureKind.of(e, type)).isEqualTo(FailureKind.REFUSED))
        .hasRootCauseMessage("'/nowhere/.s.PGSQL.1': No such file or directory");
  }

  private static void awaitActive(String statement) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                server.connections().stream()
                    .anyMatch(each -> each.contains(": active ") && each.contains(statement)));
  }

  private static DataSource crm() {
    return type.dataSource(Given.socket(server, server.socket().toString(), null));
  }
}
