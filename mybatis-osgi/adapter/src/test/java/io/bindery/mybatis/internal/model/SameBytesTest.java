package io.bindery.mybatis.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.bind.mysql.internal.MysqlBindType;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.Secret;
import io.bindery.samples.server.MariaDbServer;
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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.ibatis.builder.StaticSqlSource;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.mapping.SqlCommandType;
import org.apache.ibatis.session.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a source reads from the bytes of a result is what MyBatis makes of it, or refuses. */
class SameBytesTest {
  record OfBoolean(int n, @Nullable Boolean value) {}

  record OfByte(int n, @Nullable Byte value) {}

  record OfShort(int n, @Nullable Short value) {}

  record OfInteger(int n, @Nullable Integer value) {}

  record OfInt(int n, int value) {}

  record OfLong(int n, @Nullable Long value) {}

  record OfLongValue(int n, long value) {}

  record OfDouble(int n, @Nullable Double value) {}

  record OfFloat(int n, @Nullable Float value) {}

  record OfBigInteger(int n, @Nullable BigInteger value) {}

  record OfBigDecimal(int n, @Nullable BigDecimal value) {}

  record OfString(int n, @Nullable String value) {}

  record OfBytes(int n, byte @Nullable [] value) {}

  record OfDate(int n, @Nullable LocalDate value) {}

  record OfTime(int n, @Nullable LocalTime value) {}

  record OfDateTime(int n, @Nullable LocalDateTime value) {}

  record OfInstant(int n, @Nullable Instant value) {}

  record OfTimestamp(int n, java.sql.@Nullable Timestamp value) {}

  record OfKind(int n, SameValuesTest.@Nullable Kind value) {}

  private static final List<Class<?>> RECORDS =
      List.of(
          OfBoolean.class,
          OfByte.class,
          OfShort.class,
          OfInteger.class,
          OfInt.class,
          OfLong.class,
          OfLongValue.class,
          OfDouble.class,
          OfFloat.class,
          OfBigInteger.class,
          OfBigDecimal.class,
          OfString.class,
          OfBytes.class,
          OfDate.class,
          OfTime.class,
          OfDateTime.class,
          OfInstant.class,
          OfTimestamp.class,
          OfKind.class);

  private static final String MORE =
      "compiled, objects: its record does more than hold what it is given";

  /** What is read as objects, and why. */
  private static final Map<String, String> HOW =
      Map.of(
          "checked", MORE,
          "refusedByTheConstructor", MORE,
          "nullRefusedByTheConstructor", MORE,
          "ownHandlerForAnArgument",
              "compiled, objects: the column of 'email' has a type handler of its own");

  private static final MariaDbServer server = MariaDbServer.start();

  @BeforeAll
  static void fill() throws SQLException {
    server.execute("", "CREATE DATABASE odd CHARACTER SET utf8mb4");
    try (Connection connection = server.connect("odd");
        Statement statement = connection.createStatement()) {
      statement.execute("SET sql_mode = ''");
      statement.execute(
          "CREATE TABLE odd (n INT, %s, zeros DECIMAL(12,2) ZEROFILL)"
              .formatted(String.join(", ", SameValuesTest.MARIADB)));
      for (String row : SameValuesTest.MARIADB_ROWS) {
        statement.execute("INSERT INTO odd VALUES (%s, n / 4)".formatted(row));
      }
      for (String sql : ManyMappings.ORDERS) {
        statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void everyColumnAsEveryType() throws SQLException {
    Set<String> how = new TreeSet<>();
    try (BothReaders both = new BothReaders(connection(Map.of()))) {
      List<String> columns = new ArrayList<>(SameValuesTest.MARIADB);
      columns.add("zeros DECIMAL");
      for (String column : columns) {
        String name = column.substring(0, column.indexOf(' '));
        for (Class<?> type : RECORDS) {
          readTheSame(both, name, type, how);
        }
      }
    }
    assertThat(how).containsExactly("compiled, as bytes");
  }

  @Test
  void serverSidePreparedStatementsHaveNoTexts() throws SQLException {
    try (BothReaders both = new BothReaders(connection(Map.of("useServerPrepStmts", "true")))) {
      same(both, "price", OfBigDecimal.class, "");
      assertThat(both.how(id("price", OfBigDecimal.class, "")))
          .isEqualTo("compiled, objects: its database gives no bytes");
    }
  }

  @Test
  void resultsInAnotherCharacterSet() throws SQLException {
    try (BothReaders both =
        new BothReaders(connection(Map.of("characterSetResults", "ISO8859_1")))) {
      same(both, "latin", OfString.class, "");
      same(both, "texts", OfString.class, "");
    }
  }

  static Stream<Arguments> flat() {
    return Stream.of(ManyMappings.Flat.class.getDeclaredMethods())
        .flatMap(
            method ->
                MapperMethods.elementType(ManyMappings.Flat.class, method).stream()
                    .filter(Class::isRecord)
                    .map(type -> Arguments.of(method.getName(), type)));
  }

  @ParameterizedTest
  @MethodSource("flat")
  void everyMappingOfRecords(String method, Class<?> type) throws SQLException {
    try (BothReaders both = new BothReaders(connection(Map.of()), ManyMappings.Flat.class)) {
      String id = ManyMappings.Flat.class.getName() + "." + method;
      both.same(id, type);
      assertThat(both.how(id)).isEqualTo(HOW.getOrDefault(method, "compiled, as bytes"));
    }
  }

  private static Connection connection(Map<String, String> driver) throws SQLException {
    return new MysqlBindType()
        .dataSource(
            new ConnectionSettings(
                "mysql",
                null,
                "127.0.0.1",
                server.port(),
                "odd",
                server.user(),
                new Secret(server.password()),
                null,
                Map.of(),
                driver,
                10_000))
        .getConnection();
  }

  private static void readTheSame(BothReaders both, String column, Class<?> type, Set<String> how) {
    String all = id(column, type, "");
    boolean refused = same(both, column, type, "").size() < SameValuesTest.MARIADB_ROWS.size();
    how.add(both.how(all));
    for (int n = 1; refused && n <= SameValuesTest.MARIADB_ROWS.size(); n++) {
      same(both, column, type, " WHERE n = " + n);
    }
  }

  private static String id(String column, Class<?> type, String condition) {
    return "%s as %s%s".formatted(column, type.getSimpleName(), condition);
  }

  private static List<String> same(
      BothReaders both, String column, Class<?> type, String condition) {
    String id = id(column, type, condition);
    String sql = "SELECT n, %s AS value FROM odd%s".formatted(column, condition);
    both.add(configuration -> add(configuration, id, sql, type));
    List<String> rows = both.same(id, type);
    assertThat(rows).isNotEmpty();
    return rows;
  }

  private static void add(Configuration configuration, String id, String sql, Class<?> type) {
    configuration.addMappedStatement(
        new MappedStatement.Builder(
                configuration, id, new StaticSqlSource(configuration, sql), SqlCommandType.SELECT)
            .resultMaps(
                List.of(new ResultMap.Builder(configuration, id, type, List.of(), true).build()))
            .build());
  }
}
