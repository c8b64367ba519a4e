package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.testing.PackedHost;
import io.bindery.testing.PackedHost.Result;
import io.bindery.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code bind:sql} on a kind of database that is dropped as a jar. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlPostgresqlIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private PostgresServer server;
  private PackedHost host;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = PostgresServer.start();
    server.execute("", "CREATE DATABASE shop");
    server.execute(
        "shop",
        "CREATE TABLE kinds (b boolean, n numeric(10,2), r real, t text, at timestamp, tz timestamptz,"
            + " raw bytea, j jsonb)",
        "INSERT INTO kinds VALUES (true, 1.50, 0.1, 'x', '2026-01-31 12:00:00', '2026-01-31"
            + " 12:00:00+00', '\\x00ff', '{\"a\": 1}'), (NULL, NULL, NULL, '', NULL, NULL, NULL, NULL)",
        "CREATE TABLE traces (id int)",
        "CREATE FUNCTION leave_a_trace() RETURNS int AS $$ INSERT INTO traces VALUES (1); SELECT 1"
            + " $$ LANGUAGE sql");
    host = PackedHost.start(folder.resolve("home"));
    host.deploy("bind-postgresql.jar", PostgresDropIT.jar());
    host.drop("bindery.bind-shop.cfg", "url = " + server.url("shop"), "pool.maximumPoolSize = 1");
    await().atMost(LIMIT).until(() -> BindListing.of(host).life("shop").equals("up 1"));
  }

  @AfterAll
  void stop() {
    host.close();
    server.close();
  }

  @Test
  void columnsComeInTheirOrderWithTheirTypes() throws Exception {
    assertThat(host.ask("bind:sql", "shop", "SELECT * FROM kinds", "--format", "ndjson"))
        .isEqualTo(
            """
            {"b":true,"n":1.50,"r":0.1,"t":"x","at":"2026-01-31T12:00:00",\
            "tz":"2026-01-31T12:00:00Z","raw":"AP8=","j":"{\\"a\\": 1}"}
            {"b":null,"n":null,"r":null,"t":"","at":null,"tz":null,"raw":null,"j":null}
            """);
  }

  @Test
  void whatWouldWriteIsNotSent() throws Exception {
    for (String sql :
        new String[] {
          "SELECT 1 INTO traces",
          "WITH gone AS (DELETE FROM kinds RETURNING *) SELECT * FROM gone",
          "SELECT * FROM kinds FOR UPDATE",
          "COPY kinds TO PROGRAM 'cat'",
          "SELECT pg_advisory_lock(1)",
          "SELECT 1; DROP TABLE kinds"
        }) {
      Result refused = host.exec("bind:sql", "shop", sql);
      assertThat(refused.exit()).as(sql).isEqualTo(1);
      assertThat(refused.err()).startsWith("bindery: bind 'shop': the statement was not sent: ");
    }
    assertThat(one("SELECT count(*) FROM kinds")).isEqualTo(2);
  }

  @Test
  void theTransactionHoldsWhereAFunctionWrites() throws Exception {
    Result held = host.exec("bind:sql", "shop", "SELECT leave_a_trace()");
    assertThat(held.exit()).isEqualTo(1);
    assertThat(held.err()).contains("bind 'shop'", "read-only transaction");
    assertThat(one("SELECT count(*) FROM traces")).isZero();
    String mode = "SHOW transaction_read_only";
    assertThat(host.ask("bind:sql", "shop", mode, "--format", "csv"))
        .isEqualTo("transaction_read_only\non\n");
  }

  @Test
  void theTimeLimitStopsTheStatementInTheDatabase() throws Exception {
    Result late = host.exec("bind:sql", "shop", "SELECT pg_sleep(600)", "--timeout", "500ms");
    assertThat(late.exit()).isEqualTo(1);
    assertThat(late.err()).contains("bind 'shop': the statement: the time allowed ran out");
    await().atMost(LIMIT).until(() -> busy() == 0);
  }

  @Test
  void ofALongAnswerNoMoreIsReadThanIsPrinted() throws Exception {
    // a function among the columns is asked row by row, one behind FROM is run to its end first
    String many = "SELECT generate_series(1, 100000000) AS n";
    assertThat(host.ask("bind:sql", "shop", many, "--limit", "5000", "--format", "csv").lines())
        .hasSize(5_001);
    Result cut = host.exec("bind:sql", "shop", "SELECT n FROM generate_series(1, 1001) n");
    assertThat(cut.exit()).isEqualTo(4);
    assertThat(cut.err()).contains("more rows than 1,000; give --limit N");
    await().atMost(LIMIT).until(() -> busy() == 0);
  }

  /** How many connections of the bind run a statement or have a transaction open. */
  private long busy() throws SQLException {
    return one(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop' AND pid <> pg_backend_pid()"
            + " AND state <> 'idle'");
  }

  private long one(String sql) throws SQLException {
    try (Connection connection = server.connect("shop");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }
}
