package io.bindery.mybatis.internal.rows;

import io.bindery.source.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How Java types become the types of columns, and their values texts. */
public final class ColumnValues {
  private static final Map<Class<?>, ColumnType> TYPES =
      Map.ofEntries(
          Map.entry(boolean.class, ColumnType.BOOLEAN),
          Map.entry(Boolean.class, ColumnType.BOOLEAN),
          Map.entry(byte.class, ColumnType.INTEGER),
          Map.entry(Byte.class, ColumnType.INTEGER),
          Map.entry(short.class, ColumnType.INTEGER),
          Map.entry(Short.class, ColumnType.INTEGER),
          Map.entry(int.class, ColumnType.INTEGER),
          Map.entry(Integer.class, ColumnType.INTEGER),
          Map.entry(long.class, ColumnType.INTEGER),
          Map.entry(Long.class, ColumnType.INTEGER),
          Map.entry(BigInteger.class, ColumnType.DECIMAL),
          Map.entry(BigDecimal.class, ColumnType.DECIMAL),
          Map.entry(float.class, ColumnType.DOUBLE),
          Map.entry(Float.class, ColumnType.DOUBLE),
          Map.entry(double.class, ColumnType.DOUBLE),
          Map.entry(Double.class, ColumnType.DOUBLE),
          Map.entry(char.class, ColumnType.TEXT),
          Map.entry(Character.class, ColumnType.TEXT),
          Map.entry(String.class, ColumnType.TEXT),
          Map.entry(UUID.class, ColumnType.TEXT),
          Map.entry(LocalDate.class, ColumnType.DATE),
          Map.entry(java.sql.Date.class, ColumnType.DATE),
          Map.entry(LocalTime.class, ColumnType.TIME),
          Map.entry(java.sql.Time.class, ColumnType.TIME),
          Map.entry(LocalDateTime.class, ColumnType.DATETIME),
          Map.entry(java.sql.Timestamp.class, ColumnType.DATETIME),
          Map.entry(Instant.class, ColumnType.INSTANT),
          Map.entry(OffsetDateTime.class, ColumnType.INSTANT),
          Map.entry(ZonedDateTime.class, ColumnType.INSTANT),
          Map.entry(java.util.Date.class, ColumnType.INSTANT),
          Map.entry(byte[].class, ColumnType.BYTES));

  private ColumnValues() {}

  /**
   * The type of column that holds the values of a Java type, if there is one.
   *
   * @param javaType a component's type
   */
  public static Optional<ColumnType> typeOf(Class<?> javaType) {
    return javaType.isEnum()
        ? Optional.of(ColumnType.TEXT)
        : Optional.ofNullable(TYPES.get(javaType));
  }

  /**
   * A value as {@link io.bindery.source.RowReader#value} gives it.
   *
   * @param raw what the row's object holds
   * @param type the column's type, as {@link #typeOf} gave it
   */
  static Object value(Object raw, ColumnType type) {
    return switch (type) {
      case BOOLEAN, BYTES, LIST -> raw;
      case INTEGER -> raw instanceof Long ? raw : (Object) ((Number) raw).longValue();
      case DECIMAL -> raw instanceof BigInteger integer ? new BigDecimal(integer) : raw;
      // by its text, or 0.1f would read 0.10000000149011612
      case DOUBLE -> raw instanceof Float ? Double.valueOf(raw.toString()) : raw;
      case TEXT -> raw instanceof String ? raw : textOf(raw);
      case DATE -> raw instanceof java.sql.Date date ? date.toLocalDate() : raw;
      case TIME -> raw instanceof java.sql.Time time ? time.toLocalTime() : raw;
      case DATETIME -> raw instanceof java.sql.Timestamp stamp ? stamp.toLocalDateTime() : raw;
      case INSTANT -> instant(raw);
    };
  }

  private static Object instant(Object raw) {
    if (raw instanceof OffsetDateTime offset) {
      return offset.toInstant();
    }
    if (raw instanceof ZonedDateTime zoned) {
      return zoned.toInstant();
    }
    return raw instanceof java.util.Date date ? Instant.ofEpochMilli(date.getTime()) : raw;
  }

  private static String textOf(Object raw) {
    if (raw instanceof Enum<?> constant) {
      return constant.name();
    }
    return typeOf(raw.getClass())
        .filter(type -> type != ColumnType.TEXT)
        .map(type -> text(value(raw, type)))
        .orElseGet(raw::toString);
  }

  /**
   * A value as text: numbers in plain notation, times in ISO 8601, bytes as base64.
   *
   * @param value a value as {@link #value} gives it
   */
  static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Double number) {
      return number.isNaN() || number.isInfinite()
          ? number.toString()
          : new BigDecimal(number.toString()).toPlainString();
    }
    if (value instanceof LocalDateTime dateTime) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(dateTime);
    }
    if (value instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : value.toString();
  }

  /**
   * A value as UTF-8 text.
   *
   * @param value a value as {@link #value} gives it
   */
  static byte[] utf8(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }
}
