package io.bindery.bind.mysql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.Constants;
import com.mysql.cj.jdbc.result.ResultSetInternalMethods;
import io.bindery.bind.RowBytes;
import io.bindery.bind.RowBytes.Form;
import io.bindery.samples.server.MariaDbServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows as the bytes that the server sent. */
class SentRowTest {
  private static final MariaDbServer server = MariaDbServer.start();
  private static final String WORDS =
      "SELECT seq, IF(seq = 4, NULL, CONCAT('é', REPEAT('x', seq * 80))), seq / 2 FROM seq_1_to_9";

  @BeforeAll
  static void makeDatabase() {
    server.execute("", "CREATE DATABASE crm");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static Connection connect(Map<String, String> driver) throws SQLException {
    return new MysqlBindType().dataSource(Given.of(server, "crm", driver)).getConnection();
  }

  private static ResultSet streamed(Statement statement, String sql) throws SQLException {
    statement.setFetchSize(Integer.MIN_VALUE);
    return statement.executeQuery(sql);
  }

  private static SentRow of(ResultSet rows) throws SQLException {
    return Objects.requireNonNull(SentRow.of(rows));
  }

  private static @Nullable String text(RowBytes row, int column) {
    return row.length(column) < 0
        ? null
        : new String(
            row.array(column), row.offset(column), row.length(column), StandardCharsets.UTF_8);
  }

  /** Each row's texts, after comparing them with what JDBC says of the same row. */
  private static List<String> texts(ResultSet rows, RowBytes row) throws SQLException {
    List<String> all = new ArrayList<>();
    while (rows.next()) {
      row.locate();
      StringBuilder line = new StringBuilder();
      for (int column = 1; column <= row.columns(); column++) {
        assertThat(text(row, column)).isEqualTo(rows.getString(column));
        line.append(text(row, column)).append(' ');
      }
      all.add(line.toString());
    }
    return all;
  }

  @Test
  void aStreamedRowStandsInTheDriversPacketWhateverItsSize() throws SQLException {
    try (Connection connection = connect(Map.of());
        Statement statement = connection.createStatement();
        ResultSet rows = streamed(statement, WORDS)) {
      SentRow row = of(rows);
      assertThat(texts(rows, row)).hasSize(9).element(3).isEqualTo("4 null 2.0000 ");
      assertThat(row.isPacked()).isTrue();
    }
    try (Connection connection = connect(Map.of());
        Statement statement = connection.createStatement();
        ResultSet rows =
            streamed(
                statement, "SELECT REPEAT('y', seq * 30000), seq FROM seq_1_to_5 ORDER BY seq")) {
      SentRow row = of(rows);
      assertThat(texts(rows, row)).hasSize(5).last().asString().hasSize(150_003);
      assertThat(row.isPacked()).isTrue();
    }
  }

  @Test
  void theVersionOfTheDriverThatIsShippedIsKnown() {
    assertThat(ReusedPacket.KNOWN_VERSIONS)
        .as("after an update: see how the driver reads streamed rows, and add its version")
        .contains(Constants.CJ_MAJOR_VERSION + "." + Constants.CJ_MINOR_VERSION);
  }

  @Test
  void aPacketThatIsNotTheRowIsNotUsed() throws SQLException {
    try (Connection connection = connect(Map.of());
        Statement statement = connection.createStatement();
        Connection other = connect(Map.of());
        Statement otherStatement = other.createStatement();
        ResultSet rows = streamed(statement, WORDS);
        ResultSet others = streamed(otherStatement, "SELECT 1, '', 2")) {
      assertThat(others.next()).isTrue();
      ResultSetInternalMethods own = rows.unwrap(ResultSetInternalMethods.class);
      ReusedPacket packet = ReusedPacket.of(others.unwrap(ResultSetInternalMethods.class));
      SentRow row = new SentRow(own, ColumnForms.of(own.getColumnDefinition().getFields()), packet);
      assertThat(texts(rows, row)).hasSize(9);
      assertThat(row.isPacked()).isFalse();
      while (others.next()) {
        // to the end, as the connection is closed next
      }
    }
  }

  @Test
  void aResultThatIsNotStreamedIsReadColumnByColumn() throws SQLException {
    try (Connection connection = connect(Map.of());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(WORDS)) {
      SentRow row = of(rows);
      assertThat(row.isPacked()).isFalse();
      assertThat(texts(rows, row)).hasSize(9);
    }
  }

  @Test
  void theBinaryProtocolHasNoTexts() throws SQLException {
    try (Connection connection = connect(Map.of("useServerPrepStmts", "true"));
        PreparedStatement statement = connection.prepareStatement("SELECT 1");
        ResultSet rows = statement.executeQuery()) {
      assertThat(SentRow.of(rows)).isNull();
    }
  }

  @Test
  void theFormsOfColumns() throws SQLException {
    server.execute(
        "crm",
        "CREATE TABLE forms (flag TINYINT(1), big BIGINT UNSIGNED, price DECIMAL(9,2), f FLOAT,"
            + " d DATE, t TIME, dt DATETIME(6), ts TIMESTAMP NULL, y YEAR, bits BIT(3),"
            + " latin VARCHAR(9) CHARACTER SET latin1, e ENUM('a'), bin VARBINARY(9), doc JSON)");
    assertThat(forms(Map.of()))
        .containsExactly(
            Form.INTEGER,
            Form.INTEGER,
            Form.DECIMAL,
            Form.OTHER,
            Form.DATE,
            Form.TIME,
            Form.DATETIME,
            Form.DATETIME,
            Form.OTHER,
            Form.OTHER,
            Form.TEXT,
            Form.TEXT,
            Form.OTHER,
            Form.TEXT);
    assertThat(forms(Map.of("characterSetResults", "ISO8859_1")).get(10)).isEqualTo(Form.OTHER);
  }

  private static List<Form> forms(Map<String, String> driver) throws SQLException {
    try (Connection connection = connect(driver);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM forms")) {
      SentRow row = of(rows);
      List<Form> forms = new ArrayList<>();
      for (int column = 1; column <= row.columns(); column++) {
        forms.add(row.form(column));
      }
      return forms;
    }
  }
}
