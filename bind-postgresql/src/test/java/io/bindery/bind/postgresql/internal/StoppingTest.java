package io.bindery.bind.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.spi.FailureKind;
import io.bindery.testing.PostgresServer;
import io.bindery.testing.TypeAttempts;
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

/** Statements that are stopped, and results that are not read to their end. */
class StoppingTest {
  private static PostgresServer server;
  private static PostgresqlBindType type;

  @BeforeAll
  static void startServer() throws SQLException {
    type = new PostgresqlBindType();
    server = PostgresServer.start();
    server.execute("", "CREATE DATABASE crm");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void killStopsAStatementThatIsExecutingAndLeavesTheConnectionUsable() throws Exception {
    assertKilled(crm());
  }

  @Test
  void killStopsTheSendingOfAResult() throws Exception {
    CompletableFuture<Connection> running = new CompletableFuture<>();
    CompletableFuture<FailureKind> ended =
        CompletableFuture.supplyAsync(
            () -> {
              try (Connection connection = crm().getConnection();
                  Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.setFetchSize(type.streaming().fetchSize());
                running.complete(connection);
                // each batch takes the server a while
                try (ResultSet rows =
                    statement.executeQuery(
                        "SELECT n, pg_sleep(0.005) FROM generate_series(1, 1000000) n")) {
                  while (rows.next()) {
                    // reads on
                  }
                }
                return FailureKind.QUERY;
              } catch (SQLException e) {
                return FailureKind.of(e, type);
              }
            });
    awaitActive("pg_sleep(0.005)");
    type.kill(running.join(), crm());
    assertThat(ended).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(FailureKind.TIMEOUT);
  }

  @Test
  void killingAConnectionThatRestsDoesNotHitItsNextStatement() throws Exception {
    try (Connection connection = crm().getConnection();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 100; i++) {
        type.kill(connection, crm());
        try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM pg_class")) {
          assertThat(rows.next()).isTrue();
        }
      }
    }
  }

  @Test
  void aStatementIsKilledOverTheUnixSocketToo() throws Exception {
    assertKilled(type.dataSource(Given.socket(server, server.socket().toString(), null)));
  }

  @Test
  void aResultIsReadInBatchesAndEndsThereWhenItIsClosed() throws SQLException {
    try (Connection connection = crm().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(type.streaming().autoCommit());
      statement.setFetchSize(type.streaming().fetchSize());
      long start = System.nanoTime();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT n, m, repeat('x', 500) FROM generate_series(1, 9999) n, generate_series(1, 9999) m")) {
        for (int i = 0; i < 2_500; i++) {
          assertThat(rows.next()).isTrue();
        }
      }
      connection.rollback();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
      assertThat(connection.isValid(2)).isTrue();
    }
  }

  private void assertKilled(DataSource source) throws Exception {
    try (Connection connection = source.getConnection()) {
      CompletableFuture<FailureKind> ended =
          new TypeAttempts(type).ending(connection, "SELECT pg_sleep(600), 'to be killed'");
      awaitActive("to be killed");
      type.kill(connection, source);
      assertThat(ended).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(FailureKind.TIMEOUT);
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  private void awaitActive(String statement) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                server.connections().stream()
                    .anyMatch(each -> each.contains(": active ") && each.contains(statement)));
  }

  private DataSource crm() {
    return type.dataSource(Given.of(server, "crm", Map.of()));
  }
}
