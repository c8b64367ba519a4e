package io.bindery.mybatis.internal.call;

import com.sun.management.OperatingSystemMXBean;
import io.bindery.model.Source;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.model.ModelReader;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.Timeouts;
import io.bindery.mybatis.internal.unit.OpenUnits;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.samples.server.EmbeddedServer;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.source.Deadline;
import io.bindery.source.RowReader;
import io.bindery.source.SourceRequest;
import io.bindery.source.Utf8Slice;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;

/**
 * What a row costs the process in processor time, through a source and by hand-written JDBC with
 * the same statement, fetch size and record. The rounds take turns, so that other work on the
 * machine changes the ratios least.
 */
final class RowSpeed {
  record Row(int id, String name, BigDecimal amount, String status, LocalDateTime createdAt) {}

  static final String SQL = "SELECT id, name, amount, status, created_at FROM r";

  interface Rows {
    @Source(name = "explicit")
    @Select(SQL)
    @Arg(name = "id", column = "id", javaType = int.class)
    @Arg(name = "name", column = "name", javaType = String.class)
    @Arg(name = "amount", column = "amount", javaType = BigDecimal.class)
    @Arg(name = "status", column = "status", javaType = String.class)
    @Arg(name = "createdAt", column = "created_at", javaType = LocalDateTime.class)
    Cursor<Row> explicit();

    @Source(name = "by_name")
    @Select(SQL)
    Cursor<Row> byName();
  }

  private static final int ROWS = 200_000;

  private RowSpeed() {}

  /**
   * Prints the figures.
   *
   * @param arguments how many rounds are counted (7), after three that are not
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
    Duration long0 = Duration.ofMinutes(5);
    Timeouts timeouts = new Timeouts(long0, long0, long0, long0);
    try (MariaDbServer server = MariaDbServer.start();
        DeadlineWatch watch = new DeadlineWatch()) {
      fill(server);
      Units units = new Units(() -> timeouts, watch, new OpenUnits(() -> timeouts, watch));
      ServerBind bind = new ServerBind("speed", server, "speed");
      Map<String, Reading> readings = new LinkedHashMap<>();
      readings.put("jdbc", () -> jdbc(server));
      for (boolean compiled : List.of(true, false)) {
        ModelCode code =
            ModelReader.read(() -> List.of(Rows.class), "RowsModel", "1", () -> compiled);
        for (String source : List.of("explicit", "by_name")) {
          readings.put(
              source + (compiled ? ", compiled" : ", by MyBatis"),
              () -> source(units, code, bind, source));
        }
      }
      report(readings, rounds);
      ModelCode code = ModelReader.read(() -> List.of(Rows.class), "RowsModel", "1", () -> true);
      Map<String, Reading> texts = new LinkedHashMap<>();
      texts.put("jdbc, texts", () -> jdbcTexts(server));
      texts.put("by_name, texts", () -> texts(units, code, bind));
      report(texts, rounds);
    }
  }

  private static void fill(EmbeddedServer server) {
    server.execute("", "CREATE DATABASE speed");
    server.execute(
        "speed",
        "CREATE TABLE r (id INT PRIMARY KEY, name VARCHAR(60), amount DECIMAL(10,2),"
            + " status VARCHAR(20), created_at DATETIME)");
    server.execute(
        "speed",
        "INSERT INTO r SELECT seq, CONCAT('Customer number ', seq), seq / 100,"
            + " ELT(1 + seq % 4, 'open', 'paid', 'shipped', 'cancelled'),"
            + " '2020-01-01' + INTERVAL seq MINUTE FROM seq_1_to_%d".formatted(ROWS));
  }

  private static long jdbc(EmbeddedServer server) throws Exception {
    long sum = 0;
    try (Connection connection = server.connect("speed");
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet rows = statement.executeQuery(SQL)) {
        while (rows.next()) {
          Row row =
              new Row(
                  rows.getInt(1),
                  rows.getString(2),
                  rows.getBigDecimal(3),
                  rows.getString(4),
                  rows.getObject(5, LocalDateTime.class));
          sum += row.id() + row.name().length() + row.amount().scale();
          sum += row.status().length() + row.createdAt().getMinute();
        }
      }
    }
    return sum;
  }

  private static long jdbcTexts(EmbeddedServer server) throws Exception {
    long sum = 0;
    try (Connection connection = server.connect("speed");
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet rows = statement.executeQuery(SQL)) {
        while (rows.next()) {
          for (int column = 1; column <= 5; column++) {
            sum += rows.getBytes(column).length;
          }
        }
      }
    }
    return sum;
  }

  private static long texts(Units units, ModelCode code, ServerBind bind) {
    long sum = 0;
    Utf8Slice text = new Utf8Slice();
    try (RowReader rows = open(units, code, bind, "by_name")) {
      while (rows.next()) {
        for (int column = 0; column < 5; column++) {
          rows.text(column, text);
          sum += text.length();
        }
      }
    }
    return sum;
  }

  private static RowReader open(Units units, ModelCode code, ServerBind bind, String source) {
    return units.read(
        code,
        Objects.requireNonNull(code.inFlight().begin()),
        Objects.requireNonNull(code.sources().get(source)),
        bind,
        SourceRequest.all(Deadline.in(Duration.ofMinutes(5))));
  }

  private static long source(Units units, ModelCode code, ServerBind bind, String source) {
    long sum = 0;
    try (RowReader rows = open(units, code, bind, source)) {
      while (rows.next()) {
        sum += rows.getLong(0) + text(rows, 1).length() + rows.getDecimal(2).scale();
        sum += text(rows, 3).length() + ((LocalDateTime) value(rows, 4)).getMinute();
      }
    }
    return sum;
  }

  private static String text(RowReader rows, int column) {
    return (String) value(rows, column);
  }

  private static Object value(RowReader rows, int column) {
    return Objects.requireNonNull(rows.value(column));
  }

  private static void report(Map<String, Reading> readings, int rounds) throws Exception {
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Map<String, double[]> costs = new LinkedHashMap<>();
    long expected = 0;
    for (int round = -3; round < rounds; round++) {
      for (Map.Entry<String, Reading> reading : readings.entrySet()) {
        long before = process.getProcessCpuTime();
        long sum = reading.getValue().sum();
        double cost = (double) (process.getProcessCpuTime() - before) / ROWS;
        expected = expected == 0 ? sum : expected;
        if (sum != expected) {
          throw new IllegalStateException(reading.getKey() + " reads something else");
        }
        if (round >= 0) {
          costs.computeIfAbsent(reading.getKey(), it -> new double[rounds])[round] = cost;
        }
      }
    }
    double base = median(costs.values().iterator().next());
    System.out.printf("%d rows of 5 columns; ns of processor time a row, medians%n", ROWS);
    costs.forEach(
        (name, cost) ->
            System.out.printf("%-24s %8.0f %8.2f%n", name, median(cost), median(cost) / base));
  }

  private static double median(double @org.jspecify.annotations.Nullable [] values) {
    double[] sorted = Objects.requireNonNull(values).clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private interface Reading {
    long sum() throws Exception;
  }
}
