package io.bindery.aggregate.internal.held;

import io.bindery.aggregate.internal.expression.RowList;
import io.bindery.aggregate.internal.expression.Scaled;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values as few bytes: each tells its type and is as long as it must be. Written into a buffer that
 * is used again and again. For one thread.
 */
final class Packing {
  private static final int NULL = 0;
  private static final int FALSE = 1;
  private static final int TRUE = 2;
  private static final int LONG = 3;
  private static final int DOUBLE = 4;
  private static final int SMALL_DECIMAL = 5;
  private static final int DECIMAL = 6;
  private static final int TEXT = 7;
  private static final int BYTES = 8;
  private static final int DATE = 9;
  private static final int TIME = 10;
  private static final int DATETIME = 11;
  private static final int INSTANT = 12;
  private static final int ROW = 13;
  private static final int LIST = 14;

  /** Decimals of so many digits fit into a long. */
  private static final int LONG_DIGITS = 18;

  private byte[] bytes = new byte[64];
  private int size;

  void clear() {
    size = 0;
  }

  /** The buffer, of which {@link #size} bytes are written. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void add(@Nullable Object value) {
    if (value == null) {
      tag(NULL);
    } else if (value instanceof String text) {
      add(TEXT, text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof Long number) {
      tag(LONG);
      signed(number);
    } else if (value instanceof BigDecimal decimal) {
      decimal(decimal);
    } else if (value instanceof Double number) {
      tag(DOUBLE);
      fixed(Double.doubleToRawLongBits(number));
    } else if (value instanceof Boolean truth) {
      tag(truth ? TRUE : FALSE);
    } else if (value instanceof byte[] array) {
      add(BYTES, array);
    } else if (value instanceof Object[] row) {
      tag(ROW);
      unsigned(row.length);
      for (Object each : row) {
        add(each);
      }
    } else if (value instanceof RowList list) {
      tag(LIST);
      add(list.packed());
    } else {
      time(value);
    }
  }

  private void time(Object value) {
    if (value instanceof LocalDateTime moment) {
      tag(DATETIME);
      signed(moment.toLocalDate().toEpochDay());
      unsigned(moment.toLocalTime().toNanoOfDay());
    } else if (value instanceof LocalDate day) {
      tag(DATE);
      signed(day.toEpochDay());
    } else if (value instanceof LocalTime time) {
      tag(TIME);
      unsigned(time.toNanoOfDay());
    } else if (value instanceof Instant instant) {
      tag(INSTANT);
      signed(instant.getEpochSecond());
      unsigned(instant.getNano());
    } else {
      throw new IllegalArgumentException(value.getClass() + " is of no column");
    }
  }

  private void decimal(BigDecimal decimal) {
    if (decimal.precision() <= LONG_DIGITS) {
      tag(SMALL_DECIMAL);
      signed(decimal.scale());
      signed(decimal.unscaledValue().longValue());
    } else {
      tag(DECIMAL);
      signed(decimal.scale());
      array(decimal.unscaledValue().toByteArray());
    }
  }

  private void add(int tag, byte[] array) {
    tag(tag);
    array(array);
  }

  private void array(byte[] array) {
    unsigned(array.length);
    room(array.length);
    System.arraycopy(array, 0, bytes, size, array.length);
    size += array.length;
  }

  private void tag(int tag) {
    room(1);
    bytes[size++] = (byte) tag;
  }

  private void fixed(long value) {
    room(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  private void signed(long value) {
    unsigned(value << 1 ^ value >> 63);
  }

  private void unsigned(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }

  /** Reads values one after another. For one thread. */
  static final class Unpacking {
    private byte[] bytes = new byte[0];
    private int at;

    /**
     * Goes to a value.
     *
     * @param array where it is
     * @param offset where it begins
     */
    Unpacking from(byte[] array, int offset) {
      bytes = array;
      at = offset;
      return this;
    }

    @Nullable Object next() {
      int tag = bytes[at++];
      return switch (tag) {
        case NULL -> null;
        case FALSE -> false;
        case TRUE -> true;
        case LONG -> signed();
        case DOUBLE -> Double.longBitsToDouble(fixed());
        case SMALL_DECIMAL -> {
          int scale = (int) signed();
          yield BigDecimal.valueOf(signed(), scale);
        }
        case DECIMAL -> {
          int scale = (int) signed();
          yield new BigDecimal(new BigInteger(array()), scale);
        }
        case TEXT -> {
          int length = (int) unsigned();
          at += length;
          yield new String(bytes, at - length, length, StandardCharsets.UTF_8);
        }
        case BYTES -> array();
        case DATE -> LocalDate.ofEpochDay(signed());
        case TIME -> LocalTime.ofNanoOfDay(unsigned());
        case DATETIME -> {
          LocalDate day = LocalDate.ofEpochDay(signed());
          yield LocalDateTime.of(day, LocalTime.ofNanoOfDay(unsigned()));
        }
        case INSTANT -> {
          long second = signed();
          yield Instant.ofEpochSecond(second, unsigned());
        }
        case ROW -> row();
        case LIST -> RowList.unpacked(Objects.requireNonNull((Object[]) next()));
        default -> throw new IllegalStateException("no value here: " + tag);
      };
    }

    /** The value as a whole number, which it is. */
    long number() {
      at++;
      return signed();
    }

    /** Whether the value is a decimal that fits, which the target takes then. */
    boolean scaled(Scaled target) {
      if (bytes[at++] != SMALL_DECIMAL) {
        return false;
      }
      int scale = (int) signed();
      target.set(signed(), scale);
      return true;
    }

    private @Nullable Object[] row() {
      @Nullable Object[] row = new Object[(int) unsigned()];
      for (int i = 0; i < row.length; i++) {
        row[i] = next();
      }
      return row;
    }

    private byte[] array() {
      int length = (int) unsigned();
      at += length;
      return Arrays.copyOfRange(bytes, at - length, at);
    }

    private long fixed() {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
        value |= (bytes[at++] & 0xFFL) << shift;
      }
      return value;
    }

    private long signed() {
      long value = unsigned();
      return value >>> 1 ^ -(value & 1);
    }

    private long unsigned() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes[at++];
        value |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }
}
