package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.util.Locale;
import java.util.Random;

/** What a column of a table holds: its SQL type, its Java type, and values of it. */
enum Kind {
  SMALLINT("SMALLINT", ColumnType.INTEGER, "short", "Short"),
  INT("INT", ColumnType.INTEGER, "int", "Integer"),
  BIGINT("BIGINT", ColumnType.INTEGER, "long", "Long"),
  UNSIGNED("BIGINT UNSIGNED", ColumnType.DECIMAL, "java.math.BigInteger", "java.math.BigInteger"),
  DECIMAL("DECIMAL(14,2)", ColumnType.DECIMAL, "java.math.BigDecimal", "java.math.BigDecimal"),
  FLOAT("FLOAT", ColumnType.DOUBLE, "float", "Float"),
  DOUBLE("DOUBLE", ColumnType.DOUBLE, "double", "Double"),
  VARCHAR("VARCHAR(60)", ColumnType.TEXT, "String", "String"),
  CHAR("CHAR(60)", ColumnType.TEXT, "String", "String"),
  DATE("DATE", ColumnType.DATE, "java.time.LocalDate", "java.time.LocalDate"),
  TIME("TIME(6)", ColumnType.TIME, "java.time.LocalTime", "java.time.LocalTime"),
  DATETIME(
      "DATETIME(6)", ColumnType.DATETIME, "java.time.LocalDateTime", "java.time.LocalDateTime"),
  TIMESTAMP("TIMESTAMP(6)", ColumnType.INSTANT, "java.time.Instant", "java.time.OffsetDateTime"),
  BOOLEAN("BOOLEAN", ColumnType.BOOLEAN, "boolean", "Boolean"),
  BYTES("VARBINARY(20)", ColumnType.BYTES, "byte[]", "byte[]");

  final String sql;
  final ColumnType type;
  private final String required;
  private final String nullable;

  Kind(String sql, ColumnType type, String required, String nullable) {
    this.sql = sql;
    this.type = type;
    this.required = required;
    this.nullable = nullable;
  }

  String java(boolean mayBeNull) {
    return mayBeNull ? nullable : required;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Decimals behind the point, as the database gives them. */
  int scale() {
    return this == DECIMAL ? 2 : 0;
  }

  /** A value for a key: many are equal, some are at the type's limits. */
  String key(Random random) {
    int few = random.nextInt(7);
    boolean limit = random.nextInt(12) == 0;
    return switch (this) {
      case SMALLINT -> limit ? pick(random, "-32768", "32767") : "" + few;
      case UNSIGNED ->
          limit ? pick(random, "18446744073709551615", "9223372036854775808") : "" + few;
      case INT -> limit ? pick(random, "-2147483648", "2147483647") : "" + few;
      case BIGINT ->
          limit
              ? pick(random, "-9223372036854775808", "9223372036854775807", "9007199254740993")
              : "" + few;
      case DECIMAL ->
          limit
              ? pick(random, "-999999999999.99", "999999999999.99")
              : few + pick(random, ".00", ".00", ".50");
      case FLOAT, DOUBLE ->
          limit ? pick(random, "-0e0", "0e0", "-0.125e0") : few + pick(random, "e0", ".5e0");
      case VARCHAR, CHAR -> Literal.quoted(Literal.text(random));
      case DATE ->
          limit
              ? pick(random, "DATE'1000-01-01'", "DATE'9999-12-31'")
              : "DATE'2026-01-0" + (few + 1) + "'";
      case TIME ->
          limit
              ? pick(random, "TIME'00:00:00'", "TIME'23:59:59.999'")
              : "TIME'13:0" + few + ":00" + pick(random, "'", "'", ".25'", ".000001'");
      case DATETIME ->
          limit
              ? pick(
                  random, "TIMESTAMP'1000-01-01 00:00:00'", "TIMESTAMP'9999-12-31 23:59:59.999999'")
              : "TIMESTAMP'2026-01-31 13:45:0" + few + pick(random, "'", "'", ".000001'");
      case TIMESTAMP ->
          limit
              ? pick(random, "TIMESTAMP'1970-01-01 00:00:01'", "TIMESTAMP'2038-01-19 03:14:07'")
              : "TIMESTAMP'2026-03-29 0"
                  + few
                  + ":59:59"
                  + pick(random, "'", "'", ".125'", ".000001'");
      case BOOLEAN -> "" + random.nextBoolean();
      case BYTES ->
          "X'"
              + pick(random, "00", "0000", "0001", "7F", "80", "FF", "C3A4", "41", "61", "6100")
              + "'";
    };
  }

  /** A value to count with: no sum of them overflows, and sums of doubles are exact. */
  String amount(Random random) {
    return switch (this) {
      case INT -> "" + (random.nextInt(200) - 50);
      case DECIMAL -> (random.nextInt(20_000) - 5_000) + "." + (10 + random.nextInt(90));
      case DOUBLE -> (random.nextInt(8_000) - 2_000) / 8.0 + "e0";
      default -> key(random);
    };
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }
}
