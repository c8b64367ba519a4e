package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.RowBytes;
import io.bindery.bind.StatementRecord;
import io.bindery.samples.server.MariaDbServer;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServerAndHost.class)
class StatementWatchTest {
  private final MariaDbServer server;
  private final BindHost host;

  StatementWatchTest(MariaDbServer server, BindHost host) {
    this.server = server;
    this.host = host;
  }

  @BeforeEach
  void fill() {
    server.execute(
        "one",
        "CREATE OR REPLACE TABLE people (id INT PRIMARY KEY, name VARCHAR(40))",
        "INSERT INTO people VALUES (1, 'Ada'), (2, 'Bo'), (3, 'Cy')");
  }

  private DatabaseBind up(String key, Object... settings) {
    Object[] all = new Object[settings.length + 2];
    all[0] = "url";
    all[1] = server.url("one");
    System.arraycopy(settings, 0, all, 2, settings.length);
    host.configure(key, all);
    host.awaitState(key, BindState.UP);
    return host.bind(key);
  }

  private static List<String> names(DatabaseBind bind, int from) throws SQLException {
    try (BindLease lease = bind.acquire(Duration.ofSeconds(5))) {
      lease.doing("the test's query");
      try (Connection connection = lease.connection();
          PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT name\n  FROM people\n WHERE id >= ? ORDER BY id")) {
        statement.setInt(1, from);
        List<String> names = new java.util.ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            names.add(rows.getString(1));
          }
        }
        return names;
      }
    }
  }

  @Test
  void aStatementIsTheDriversOwnWhileNobodyWantsToKnow() throws SQLException {
    DatabaseBind bind = up("crm");
    try (BindLease lease = bind.acquire(Duration.ofSeconds(5));
        Connection connection = lease.connection();
        Statement statement = connection.createStatement()) {
      assertThat(Proxy.isProxyClass(statement.getClass())).isFalse();
    }
    assertThat(bind.statements().isOn()).isFalse();
    assertThat(bind.statements().records()).isEmpty();
  }

  @Test
  void aRecordHasStatementParametersTimesRowsAndPlace() throws SQLException {
    DatabaseBind bind = up("crm");
    bind.statements().start(10, Duration.ofMinutes(5), true);
    final Instant before = Instant.now();
    assertThat(names(bind, 2)).containsExactly("Bo", "Cy");

    assertThat(bind.statements().records()).hasSize(1);
    StatementRecord record = bind.statements().records().get(0);
    assertThat(record.bindKey()).isEqualTo("crm");
    assertThat(record.generation()).isEqualTo(1);
    assertThat(record.sql()).isEqualTo("SELECT name FROM people WHERE id >= ? ORDER BY id");
    assertThat(record.parameters()).containsExactly("2");
    assertThat(record.start()).isBetween(before, Instant.now());
    assertThat(record.duration()).isPositive();
    assertThat(Duration.between(record.start(), record.end())).isEqualTo(record.duration());
    assertThat(record.reading()).isPositive();
    assertThat(record.rows()).isEqualTo(2);
    assertThat(record.updated()).isNull();
    assertThat(record.error()).isNull();
    assertThat(record.doing()).isEqualTo("the test's query");
    assertThat(record.place()).startsWith("org.junit.").isNotNull();
  }

  @Test
  void rowsThatAreReadAsBytesAreCountedToo() throws SQLException {
    DatabaseBind bind = up("crm");
    assertThat(texts(bind)).containsExactly("Ada", "Bo", "Cy");
    bind.statements().start(10, Duration.ofMinutes(5), false);
    assertThat(texts(bind)).containsExactly("Ada", "Bo", "Cy");
    assertThat(bind.statements().records()).extracting(StatementRecord::rows).containsExactly(3L);
  }

  private static List<String> texts(DatabaseBind bind) throws SQLException {
    List<String> texts = new java.util.ArrayList<>();
    try (BindLease lease = bind.acquire(Duration.ofSeconds(5));
        Connection connection = lease.connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM people ORDER BY id")) {
      RowBytes row = Objects.requireNonNull(lease.bytes(rows));
      while (rows.next()) {
        row.locate();
        texts.add(new String(row.array(1), row.offset(1), row.length(1), UTF_8));
      }
    }
    return texts;
  }

  @Test
  void aStatementThatNobodyClosesIsOnRecordWhenItsConnectionIsGivenBack() throws SQLException {
    DatabaseBind bind = up("crm");
    bind.statements().start(10, Duration.ofMinutes(5), false);
    try (BindLease lease = bind.acquire(Duration.ofSeconds(5))) {
      Connection connection = lease.connection();
      ResultSet rows =
          connection.createStatement().executeQuery("SELECT id FROM people ORDER BY id");
      assertThat(rows.next()).isTrue();
      ResultSet closed = connection.createStatement().executeQuery("SELECT 1");
      closed.close();
      assertThat(bind.statements().records()).hasSize(1);
    }
    assertThat(bind.statements().records())
        .extracting(StatementRecord::sql)
        .containsExactly("SELECT 1", "SELECT id FROM people ORDER BY id");
    StatementRecord left = bind.statements().records().get(1);
    assertThat(left.rows()).isEqualTo(1);
    assertThat(left.reading()).isPositive();
  }

  @Test
  void updatesBatchesAndErrorsAreOnRecordToo() throws SQLException {
    DatabaseBind bind = up("crm");
    bind.statements().start(10, Duration.ofMinutes(5), false);
    try (BindLease lease = bind.acquire(Duration.ofSeconds(5));
        Connection connection = lease.connection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO people VALUES (?, ?)")) {
        for (int id = 10; id < 13; id++) {
          insert.setInt(1, id);
          insert.setString(2, "Di");
          insert.addBatch();
        }
        insert.executeBatch();
      }
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE people SET name = ? WHERE id >= 10")) {
        update.setNull(1, java.sql.Types.VARCHAR);
        assertThat(update.execute()).isFalse();
        assertThat(update.getUpdateCount()).isEqualTo(3);
        assertThat(update.getConnection()).isSameAs(connection);
      }
      try (Statement wrong = connection.createStatement()) {
        assertThatThrownBy(() -> wrong.executeQuery("SELECT nothing FROM people"))
            .isInstanceOf(SQLException.class);
      }
      try (Statement batch = connection.createStatement()) {
        batch.addBatch("DELETE FROM people WHERE id = 10");
        batch.addBatch("DELETE FROM people WHERE id = 11");
        batch.executeBatch();
      }
      connection.rollback();
    }
    List<StatementRecord> records = bind.statements().records();
    assertThat(records).extracting(StatementRecord::updated).containsExactly(3L, 3L, null, 2L);
    assertThat(records.get(3).sql()).startsWith("DELETE FROM people WHERE id = 1");
    assertThat(records.get(0).parameters()).containsExactly("Integer", "String");
    assertThat(records.get(1).parameters()).containsExactly("null");
    assertThat(records.get(2).error()).contains("nothing");
    assertThat(records.get(2).rows()).isNull();
  }

  @Test
  void onlyTheLastStatementsAreKeptAndOnlyForTheTimeGiven() throws SQLException {
    DatabaseBind bind = up("crm");
    bind.statements().start(2, Duration.ofMinutes(5), true);
    for (int from = 1; from <= 3; from++) {
      names(bind, from);
    }
    assertThat(bind.statements().records())
        .extracting(record -> record.parameters().get(0))
        .containsExactly("2", "3");
    bind.statements().stop();
    names(bind, 1);
    assertThat(bind.statements().isOn()).isFalse();
    assertThat(bind.statements().records()).hasSize(2);

    bind.statements().start(2, Duration.ofMillis(1), true);
    await().atMost(SOON).until(() -> !bind.statements().isOn());
    names(bind, 1);
    assertThat(bind.statements().records()).isEmpty();
    assertThatThrownBy(() -> bind.statements().start(0, Duration.ofMinutes(1), true))
        .hasMessageContaining("1 to 100000");
  }

  @Test
  void recordingGoesOnThroughGenerationsAndByConfiguration() throws SQLException {
    DatabaseBind bind = up("crm", "log.record", "5");
    names(bind, 3);
    host.configure("crm", "url", server.url("one") + "?program_name=x", "log.record", 5);
    host.awaitGeneration("crm", 2);
    names(bind, 3);
    assertThat(bind.statements().records())
        .extracting(StatementRecord::generation)
        .containsExactly(1L, 2L);
    assertThat(bind.statements().records().get(0).parameters()).containsExactly("Integer");
  }

  @Test
  void loggingIsTurnedOnAndOffWithoutANewGeneration() throws SQLException {
    try (LogLines log = new LogLines()) {
      DatabaseBind bind = up("crm");
      up("shop");
      names(bind, 1);
      assertThat(log.text()).doesNotContain("SELECT name");

      up("crm", "log.statements", "true");
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                names(bind, 1);
                assertThat(log.text())
                    .containsPattern(
                        "bind 'crm': 3 rows in \\d+\\.\\d\\d ms, read in \\d+\\.\\d\\d ms: SELECT name"
                            + " FROM people WHERE id >= \\? ORDER BY id \\[Integer]; the test's query; at");
              });
      names(host.bind("shop"), 1);
      assertThat(log.text()).doesNotContain("bind 'shop': 3 rows");
      assertThat(bind.status().generation()).isEqualTo(1);

      up("crm", "log.parameters", "true", "log.slow", "1");
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                slow(bind, "SELECT SLEEP(0.01)");
                assertThat(log.text())
                    .containsPattern(
                        "bind 'crm': slow statement, \\d+\\.\\d\\d ms \\(log.slow=1\\): SELECT SLEEP");
              });
      up("crm");
      await()
          .atMost(SOON)
          .until(
              () -> {
                int length = log.text().length();
                slow(bind, "SELECT SLEEP(0.02)");
                return !log.text().substring(length).contains("SLEEP(0.02)");
              });
    }
  }

  private static void slow(DatabaseBind bind, String sql) throws SQLException {
    try (BindLease lease = bind.acquire(Duration.ofSeconds(5));
        Connection connection = lease.connection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.execute(sql)).isTrue();
    }
  }

  @Test
  void neitherRecordsNorLinesHoldTheBindsPassword() throws SQLException {
    try (LogLines log = new LogLines()) {
      DatabaseBind bind =
          up("crm", "log.statements", "true", "log.parameters", "true", "log.record", "5");
      try (BindLease lease = bind.acquire(Duration.ofSeconds(5));
          Connection connection = lease.connection();
          PreparedStatement statement =
              connection.prepareStatement("SELECT '" + server.password() + "', ?")) {
        statement.setString(1, server.password());
        statement.executeQuery().close();
      }
      StatementRecord record = bind.statements().records().get(0);
      assertThat(record.sql()).isEqualTo("SELECT '[REDACTED]', ?");
      assertThat(record.parameters()).containsExactly("'[REDACTED]'");
      assertThat(log.text()).contains("SELECT '[REDACTED]', ?").doesNotContain(server.password());
    }
  }

  @Test
  void thePoolTellsOfItsConnections() throws SQLException {
    try (LogLines log = new LogLines()) {
      DatabaseBind bind = up("crm", "log.pool", "true");
      names(bind, 1);
      assertThat(log.text()).containsPattern("bind 'crm': connection opened in \\d+\\.\\d\\d ms");
      host.delete("crm");
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(log.text())
                      .containsPattern("bind 'crm': connection closed after \\d+\\.\\d\\d ms"));
      assertThat(log.text()).doesNotContain("SELECT name");
    }
  }

  @Test
  void wrongLogSettingsAreRefusedByName() {
    host.configure(
        "crm",
        new Object[] {
          "url",
          server.url("one"),
          "log.statements",
          "yes",
          "log.slow",
          "-1",
          "log.record",
          "many",
          "echo",
          "true"
        });
    assertThat(host.awaitState("crm", BindState.INVALID).reason())
        .contains("log.statements: must be true or false, not 'yes'")
        .contains("log.slow: must be milliseconds, 0 (never) to 86400000, not '-1'")
        .contains("log.record: must be a number of statements, 0 (none) to 100000, not 'many'")
        .contains("echo: is not known; did you mean 'log.statements'?");
  }
}
