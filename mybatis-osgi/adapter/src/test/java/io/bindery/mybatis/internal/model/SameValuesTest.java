package io.bindery.mybatis.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.samples.server.EmbeddedServer;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PostgresServer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.ibatis.builder.StaticSqlSource;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.mapping.ResultMapping;
import org.apache.ibatis.mapping.SqlCommandType;
import org.apache.ibatis.session.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every kind of column as every Java type that has a handler: the value, or the refusal. */
class SameValuesTest {
  enum Kind {
    RED,
    GREEN
  }

  /** The value of a column in a row that has a number, too. */
  static final class Cell {
    int n;
    @Nullable Object value;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Cell cell && n == cell.n && Objects.deepEquals(value, cell.value);
    }

    @Override
    public int hashCode() {
      return n;
    }

    @Override
    public String toString() {
      return n + ": " + value;
    }
  }

  private static final List<Class<?>> TYPES =
      List.of(
          Boolean.class,
          Short.class,
          Integer.class,
          Long.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          String.class,
          byte[].class,
          Object.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          Instant.class,
          java.sql.Timestamp.class,
          Kind.class);

  static final List<String> MARIADB =
      List.of(
          "flag TINYINT(1)",
          "tiny TINYINT",
          "tiny_u TINYINT UNSIGNED",
          "small SMALLINT",
          "small_u SMALLINT UNSIGNED",
          "medium MEDIUMINT",
          "medium_u MEDIUMINT UNSIGNED",
          "plain INT",
          "filled INT(10) ZEROFILL",
          "plain_u INT UNSIGNED",
          "big BIGINT",
          "big_u BIGINT UNSIGNED",
          "bits BIT(16)",
          "one BIT(1)",
          "y YEAR",
          "latin VARCHAR(20) CHARACTER SET latin1",
          "texts TEXT CHARACTER SET utf8mb4",
          "fixed CHAR(5)",
          "bin BINARY(4)",
          "data VARBINARY(10)",
          "large LONGBLOB",
          "price DECIMAL(40,8)",
          "whole DECIMAL(20,0)",
          "single FLOAT",
          "twice DOUBLE",
          "day DATE",
          "clock TIME(3)",
          "at DATETIME",
          "at_micros DATETIME(6)",
          "stamp TIMESTAMP(3) NULL",
          "kind ENUM('RED','GREEN')",
          "doc JSON");

  static final List<String> MARIADB_ROWS =
      List.of(
          """
          1, 1, -128, 255, -32768, 65535, -8388608, 16777215, -2147483648, 42, 4294967295,
            -9223372036854775808, 18446744073709551615, b'1000000000000001', b'1', 2021, 'café',
            'naïve 😀', 'ab', 'ab', X'00FF10', X'E9', -1234567890123456789012.12345678,
            99999999999999999999, 0.1, 1e300, '0001-01-01', '23:59:59.123', '1000-01-01 00:00:00',
            '9999-12-31 23:59:59.999999', '2038-01-01 00:00:00.5', 'RED', '{"a": 1}'
          """,
          """
          2, 0, 0, 0, 7, 7, 7, 7, 2147483647, 0, 2147483648, 9223372036854775807, 7, 0, b'0', 1901,
            '2024-02-29', '2024-02-29 10:11:12.5', '12.50', '', '', '', 0.00000001, 0, -1.5, 0,
            '2024-02-29', '00:00:00', '2024-02-29 12:30:45', '2024-02-29 00:00:00.000001',
            '1970-01-02 00:00:00', 'GREEN', '[]'
          """,
          """
          3, 5, 127, 1, -1, 1, -1, 1, -1, 1, 1, -1, 1, b'1', b'1', 2155, ' 12 ', '-7', '+7', '7',
            '7', '7', 1, -1, 1e10, -0.1, '2024-12-31', '-01:30:00', '2024-03-31 02:30:00',
            '2024-10-27 02:30:00.1', '2024-10-27 01:30:00', '', '"x"'
          """,
          """
          4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
            0, '99999999999999999999', 'RED', 'x', '0000', '1e3', '0x1F', -0.5, NULL, NULL, NULL,
            '0000-00-00', '800:00:00', '0000-00-00 00:00:00', '2024-00-00 00:00:00',
            '0000-00-00 00:00:00', NULL, NULL
          """);

  private static final List<String> POSTGRESQL =
      List.of(
          "flag BOOLEAN",
          "small SMALLINT",
          "plain INT",
          "big BIGINT",
          "price NUMERIC(40,8)",
          "free NUMERIC",
          "single REAL",
          "twice DOUBLE PRECISION",
          "texts TEXT",
          "fixed CHAR(5)",
          "data BYTEA",
          "day DATE",
          "clock TIME",
          "at TIMESTAMP",
          "stamp TIMESTAMPTZ",
          "uuid UUID",
          "doc JSONB");

  private static final List<String> POSTGRESQL_ROWS =
      List.of(
          """
          1, TRUE, -32768, -2147483648, -9223372036854775808, 1234567890123456789012.12345678, 1e30,
            0.1, 1e300, 'naïve 😀', 'ab', '\\x00FF', '0001-01-01', '23:59:59.123456',
            '9999-12-31 23:59:59.999999', '2038-01-01 00:00:00.5+02',
            'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"a": 1}'
          """,
          """
          2, FALSE, 7, 7, 7, 0.00000001, 'NaN', 'NaN', 'Infinity', '2024-02-29', '12.50', '',
            '2024-02-29', '00:00:00', '2024-02-29 00:00:00', '1970-01-02 00:00:00+00', NULL, '[]'
          """,
          "3, NULL, NULL, NULL, NULL, -0.5, 0.0, NULL, NULL, 'RED', '', NULL, 'infinity', NULL,"
              + " '-infinity', NULL, NULL, NULL");

  @Test
  void onMariaDb() throws SQLException {
    try (MariaDbServer server = MariaDbServer.start()) {
      server.execute("", "CREATE DATABASE odd CHARACTER SET utf8mb4");
      readsTheSame(server, MARIADB, MARIADB_ROWS, "SET sql_mode = ''");
    }
  }

  @Test
  void onPostgresql() throws SQLException {
    try (PostgresServer server = PostgresServer.start()) {
      server.execute("", "CREATE DATABASE odd");
      readsTheSame(server, POSTGRESQL, POSTGRESQL_ROWS, "SELECT 1");
    }
  }

  private static void readsTheSame(
      EmbeddedServer server, List<String> columns, List<String> rows, String first)
      throws SQLException {
    try (Connection connection = server.connect("odd");
        Statement statement = connection.createStatement()) {
      statement.execute(first);
      statement.execute("CREATE TABLE odd (n INT, %s)".formatted(String.join(", ", columns)));
      for (String row : rows) {
        statement.execute("INSERT INTO odd VALUES (%s)".formatted(row));
      }
      BothWays both = new BothWays(connection);
      for (String column : columns) {
        String name = column.substring(0, column.indexOf(' '));
        for (Class<?> type : TYPES) {
          String id = "%s as %s".formatted(name, type.getName());
          // a text of its own, since PostgreSQL's driver reads what comes often in binary form
          String sql = "SELECT n, %s AS value /* %s */ FROM odd".formatted(name, type.getName());
          if (sameRows(both, id, sql, type) instanceof BothWays.Failed) {
            for (int n = 1; n <= rows.size(); n++) {
              sameRows(both, id + " in row " + n, sql + " WHERE n = " + n, type);
            }
          }
        }
      }
    }
  }

  private static @Nullable Object sameRows(BothWays both, String id, String sql, Class<?> type) {
    both.configurations().forEach(it -> add(it, id, sql, type));
    Object rows = both.same(id, session -> session.selectList(id));
    assertThat(both.reason(id)).isEmpty();
    return rows;
  }

  private static void add(Configuration configuration, String id, String sql, Class<?> type) {
    List<ResultMapping> mappings = new ArrayList<>();
    mappings.add(new ResultMapping.Builder(configuration, "n", "n", int.class).build());
    mappings.add(new ResultMapping.Builder(configuration, "value", "value", type).build());
    configuration.addMappedStatement(
        new MappedStatement.Builder(
                configuration, id, new StaticSqlSource(configuration, sql), SqlCommandType.SELECT)
            .resultMaps(
                List.of(new ResultMap.Builder(configuration, id, Cell.class, mappings).build()))
            .build());
  }
}
