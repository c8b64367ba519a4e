package io.bindery.aggregate.internal.held;

import io.bindery.source.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Values out of their texts: whole numbers, decimals in plain notation, times in ISO 8601. */
final class TextValues {
  /** Texts that are no longer hold no number that does not fit into a long. */
  private static final int LONG_DIGITS = 18;

  private static final int DAY = "2026-01-31".length();
  private static final int TO_SECONDS = "12:00:00".length();
  private static final int NANO_DIGITS = 9;

  private TextValues() {}

  static long number(byte[] bytes, int from, int to) {
    boolean minus = from < to && bytes[from] == '-';
    int at = minus ? from + 1 : from;
    if (at == to || to - at > LONG_DIGITS) {
      return Long.parseLong(text(bytes, from, to));
    }
    long value = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return Long.parseLong(text(bytes, from, to));
      }
      value = 10 * value + digit;
    }
    return minus ? -value : value;
  }

  static Object of(ColumnType type, byte[] bytes, int from, int to) {
    return switch (type) {
      case TEXT -> text(bytes, from, to);
      case INTEGER -> number(bytes, from, to);
      case DECIMAL -> new BigDecimal(text(bytes, from, to));
      case DATE ->
          isDay(bytes, from, to) ? day(bytes, from) : LocalDate.parse(text(bytes, from, to));
      case TIME ->
          isClock(bytes, from, to)
              ? clock(bytes, from, to)
              : LocalTime.parse(text(bytes, from, to));
      case DATETIME -> moment(bytes, from, to);
      case INSTANT ->
          bytes[to - 1] == 'Z'
              ? moment(bytes, from, to - 1).toInstant(ZoneOffset.UTC)
              : Instant.parse(text(bytes, from, to));
      case BOOLEAN, DOUBLE, BYTES, LIST ->
          throw new IllegalArgumentException(type + " is no text here");
    };
  }

  private static LocalDateTime moment(byte[] bytes, int from, int to) {
    int clock = from + DAY + 1;
    return clock < to && isDay(bytes, from, clock - 1) && isClock(bytes, clock, to)
        ? LocalDateTime.of(day(bytes, from), clock(bytes, clock, to))
        : LocalDateTime.parse(text(bytes, from, to));
  }

  private static boolean isDay(byte[] bytes, int from, int to) {
    return to - from == DAY && bytes[from + 4] == '-' && bytes[from + 7] == '-';
  }

  private static boolean isClock(byte[] bytes, int from, int to) {
    int length = to - from;
    return length >= TO_SECONDS
        && length != TO_SECONDS + 1
        && length <= TO_SECONDS + 1 + NANO_DIGITS
        && bytes[from + 2] == ':'
        && bytes[from + 5] == ':'
        && (length == TO_SECONDS || bytes[from + TO_SECONDS] == '.');
  }

  private static LocalDate day(byte[] bytes, int from) {
    return LocalDate.of(
        (int) number(bytes, from, from + 4),
        (int) number(bytes, from + 5, from + 7),
        (int) number(bytes, from + 8, from + 10));
  }

  private static LocalTime clock(byte[] bytes, int from, int to) {
    int fraction = from + TO_SECONDS + 1;
    int nanos = fraction < to ? (int) number(bytes, fraction, to) : 0;
    for (int digits = to - fraction; digits < NANO_DIGITS && nanos > 0; digits++) {
      nanos *= 10;
    }
    return LocalTime.of(
        (int) number(bytes, from, from + 2),
        (int) number(bytes, from + 3, from + 5),
        (int) number(bytes, from + 6, from + TO_SECONDS),
        nanos);
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
