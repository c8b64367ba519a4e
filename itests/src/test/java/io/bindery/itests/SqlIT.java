package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.Distribution;
import io.bindery.testing.PackedHost;
import io.bindery.testing.PackedHost.Result;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One statement on one bind: its rows, its limits, and the two walls around it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private MariaDbServer server;
  private PackedHost host;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = MariaDbServer.start();
    Company.customers(server, "crm", "ada@example.com", "bob@example.com");
    server.execute(
        "crm",
        "CREATE TABLE kinds (i INT, big BIGINT UNSIGNED, flag TINYINT(1), bits BIT(4), d DECIMAL(10,2),"
            + " f FLOAT, g DOUBLE, t VARCHAR(30), day DATE, at DATETIME(3), clock TIME, y YEAR,"
            + " b VARBINARY(10))",
        "INSERT INTO kinds VALUES (-7, 18446744073709551615, 2, b'101', 1.50, 0.1, 1e21, 'a,\"b',"
            + " '2026-01-31', '2026-01-31 12:00:00.250', '-25:00:00', 2026, x'00FF')",
        "INSERT INTO kinds () VALUES ()",
        "CREATE TABLE traces (id INT)",
        "CREATE FUNCTION leave_a_trace() RETURNS INT BEGIN INSERT INTO traces VALUES (1); RETURN 1;"
            + " END");
    host = PackedHost.start(folder.resolve("home"));
    host.drop("bindery.bind-crm.cfg", "url = " + server.url("crm"), "pool.maximumPoolSize = 1");
    await().atMost(LIMIT).until(() -> host.ask("bind:list").contains("up"));
  }

  @AfterAll
  void stop() {
    host.close();
    server.close();
  }

  @Test
  void columnsComeInTheirOrderWithTheirTypes() throws Exception {
    assertThat(host.ask("bind:sql", "crm", "SELECT * FROM kinds", "--format", "json"))
        .isEqualTo(
            """
            [{"i":-7,"big":18446744073709551615,"flag":2,"bits":5,"d":1.50,"f":0.1,"g":1000000000000000000000,"t":"a,\\"b","day":"2026-01-31","at":"2026-01-31T12:00:00.25","clock":"-25:00:00","y":2026,"b":"AP8="},
            {"i":null,"big":null,"flag":null,"bits":null,"d":null,"f":null,"g":null,"t":null,"day":null,"at":null,"clock":null,"y":null,"b":null}]
            """);
    assertThat(host.ask("bind:sql", "crm", "SELECT 1 AS n, 'x' AS n, '' AS e", "--format", "csv"))
        .isEqualTo("n,n_2,e\n1,x,\"\"\n");
    assertThat(host.ask("bind:sql", "crm", "SELECT id, email FROM customers ORDER BY id"))
        .contains("ada@example.com", "2 rows (");
  }

  @Test
  void whatWouldWriteIsNotSent() throws Exception {
    for (String sql :
        new String[] {
          "DELETE FROM customers",
          "SELECT 1; DELETE FROM customers",
          "SELECT * FROM customers INTO OUTFILE '/tmp/bindery-never'",
          "SELECT * FROM customers FOR UPDATE"
        }) {
      Result refused = host.exec("bind:sql", "crm", sql);
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).startsWith("bindery: bind 'crm': the statement was not sent: ");
    }
    assertThat(host.ask("bind:sql", "crm", "SELECT COUNT(*) AS n FROM customers")).contains("2");
  }

  @Test
  void theTransactionHoldsWhereAFunctionWrites() throws Exception {
    Result refused = host.exec("bind:sql", "crm", "SELECT leave_a_trace()");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("bind 'crm'", "READ ONLY transaction");
    try (Connection connection = server.connect("crm");
        Statement statement = connection.createStatement();
        ResultSet traces = statement.executeQuery("SELECT COUNT(*) FROM traces")) {
      traces.next();
      assertThat(traces.getInt(1)).isZero();
    }
  }

  @Test
  void theConnectionGoesBackAsItCame() throws Exception {
    server.execute("", "SET GLOBAL log_output = 'TABLE'", "SET GLOBAL general_log = 1");
    for (String sql : new String[] {"SHOW TABLES", "SELECT 42", "SELECT nothing"}) {
      server.execute("", "TRUNCATE mysql.general_log");
      host.exec("bind:sql", "crm", sql);
      List<String> sent = sent();
      int statement = sent.indexOf(sql.toLowerCase(Locale.ROOT));
      assertThat(sent.subList(0, statement))
          .containsSubsequence("set session transaction read only", "set autocommit=0");
      assertThat(sent.subList(statement, sent.size()))
          .contains("set session transaction read write", "set autocommit=1");
    }
    server.execute("", "SET GLOBAL general_log = 0");
  }

  @Test
  void itIsAmongTheRecordedStatements() throws Exception {
    host.ask("bind:statements", "crm", "--record", "5m");
    host.ask("bind:sql", "crm", "SELECT seq FROM seq_1_to_9", "--limit", "3");
    assertThat(host.ask("bind:statements", "crm")).contains("SELECT seq FROM seq_1_to_9");
    host.ask("bind:statements", "crm", "--stop");
  }

  private List<String> sent() throws Exception {
    List<String> sent = new ArrayList<>();
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet log =
            statement.executeQuery(
                "SELECT argument FROM mysql.general_log WHERE command_type = 'Query' ORDER BY"
                    + " event_time")) {
      while (log.next()) {
        sent.add(log.getString(1).toLowerCase(Locale.ROOT));
      }
    }
    return sent;
  }

  @Test
  void rowsThatNobodyAskedToLeaveOutMakeTheAnswerPartial() throws Exception {
    Result cut = host.exec("bind:sql", "crm", "SELECT seq FROM seq_1_to_1001", "--format", "csv");
    assertThat(cut.out().lines()).hasSize(1_001);
    assertThat(cut.err()).contains("more rows than 1,000; give --limit N");
    assertThat(cut.exit()).isEqualTo(4);

    Result whole = host.exec("bind:sql", "crm", "SELECT seq FROM seq_1_to_1000");
    assertThat(whole.exit()).isZero();
    assertThat(host.ask("bind:sql", "crm", "SELECT seq FROM seq_1_to_50000000", "--limit", "2000"))
        .contains("2,000 rows (");
  }

  @Test
  void theTimeLimitStopsTheStatementInTheDatabase() throws Exception {
    Result late = host.exec("bind:sql", "crm", "SELECT SLEEP(600)", "--timeout", "300ms");
    assertThat(late.exit()).isEqualTo(1);
    assertThat(late.err())
        .contains("bind 'crm': the statement: the time allowed ran out after 0 rows")
        .contains("the time allowed was 300 ms: give more with --timeout");
    nothingRuns();
  }

  @Test
  void aReaderWhoGoesStopsTheStatementInTheDatabase() throws Exception {
    String sql = "SELECT seq FROM seq_1_to_900000000";
    String[] command = {
      Distribution.command().toString(),
      "--home",
      host.home().toString(),
      "exec",
      "bind:sql",
      "crm",
      sql,
      "--limit",
      "900000000",
      "--format",
      "csv"
    };
    Process reader = new ProcessBuilder(command).start();
    assertThat(reader.getInputStream().read()).isEqualTo('s');
    reader.getInputStream().close();
    reader.waitFor();
    nothingRuns();

    Process interrupted = host.client("bind:sql", "crm", "SELECT SLEEP(600)").start();
    await().atMost(LIMIT).until(() -> running() == 1);
    interrupted.destroy();
    nothingRuns();
  }

  @Test
  void anInterruptStopsTheStatementInTheDatabaseAlsoByUnixSocket() throws Exception {
    host.drop(
        "bindery.bind-near.cfg", "url = " + server.socketUrl("crm"), "pool.maximumPoolSize = 1");
    await().atMost(LIMIT).until(() -> host.exec("bind:sql", "near", "SELECT 1").exit() == 0);
    String sql = "SELECT SUM(a.seq + b.seq) FROM seq_1_to_1000000 a, seq_1_to_1000000 b";
    String program = Distribution.command().toString();
    Process exec =
        new ProcessBuilder(
                program, "--home", host.home().toString(), "exec", "bind:sql", "near", sql)
            .start();
    await().atMost(LIMIT).until(() -> running() == 1);
    signal(exec, "INT");
    nothingRuns();
    assertThat(exec.waitFor()).isEqualTo(130);

    Process shell = new ProcessBuilder(program, "--home", host.home().toString(), "shell").start();
    try (Writer lines = shell.outputWriter(StandardCharsets.UTF_8)) {
      lines.write("bind:sql near '" + sql + "'\n");
      lines.flush();
      await().atMost(LIMIT).until(() -> running() == 1);
      signal(shell, "INT");
      nothingRuns();
    }
    shell.destroy();
    shell.waitFor();
    // its only connection is free again
    assertThat(host.ask("bind:sql", "near", "SELECT 42 AS n")).contains("42");
    host.delete("bindery.bind-near.cfg");
  }

  private static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  private void nothingRuns() {
    await().atMost(LIMIT).until(() -> running() == 0);
  }

  private int running() throws Exception {
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE command = 'Query' AND id <>"
                    + " CONNECTION_ID()")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
