package io.bindery.aggregate.internal.held;

import io.bindery.source.ColumnType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Reads the values back that {@link KeyBytes} has written. */
final class KeyValues {
  private final byte[] bytes;
  private int at;

  KeyValues(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.at = offset;
  }

  @Nullable Object[] of(ColumnType[] types) {
    @Nullable Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      values[i] = bytes[at++] == 0 ? null : value(types[i]);
    }
    return values;
  }

  private Object value(ColumnType type) {
    return switch (type) {
      case TEXT -> {
        byte[] text = unescaped();
        yield new String(text, StandardCharsets.UTF_8);
      }
      case BYTES -> unescaped();
      case LIST -> throw new IllegalArgumentException("lists are no keys");
      case INTEGER -> number();
      case BOOLEAN -> number() != 0;
      case DATE -> LocalDate.ofEpochDay(number());
      case TIME -> LocalTime.ofNanoOfDay(number());
      case DATETIME -> {
        LocalDate day = LocalDate.ofEpochDay(number());
        yield LocalDateTime.of(day, LocalTime.ofNanoOfDay(number()));
      }
      case INSTANT -> {
        long second = number();
        yield Instant.ofEpochSecond(second, number());
      }
      case DECIMAL, DOUBLE -> throw new IllegalArgumentException(type + " is not kept as it was");
    };
  }

  private long number() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << Byte.SIZE | bytes[at++] & 0xFFL;
    }
    return value ^ Long.MIN_VALUE;
  }

  private byte[] unescaped() {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    while (bytes[at] != 0 || bytes[at + 1] != 0) {
      value.write(bytes[at]);
      at += bytes[at] == 0 ? 2 : 1;
    }
    at += 2;
    return value.toByteArray();
  }
}
