package io.bindery.aggregate.internal.held;

import io.bindery.source.CaseFolding;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import io.bindery.source.SortKey.Comparison;
import io.bindery.source.Utf8Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as bytes that compare, without a sign, as the values do: null lowest, numbers by value
 * whatever their type and scale, texts by their UTF-8 form. Keys are equal when their bytes are.
 * The buffer is used again and again. For one thread.
 */
public final class KeyBytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final int ABSENT = 0;
  private static final int PRESENT = 1;
  private static final int MINUS_INFINITY = 1;
  private static final int NEGATIVE = 2;
  private static final int ZERO = 3;
  private static final int POSITIVE = 4;
  private static final int INFINITY = 5;
  private static final int NOT_A_NUMBER = 6;

  private final int[] columns;
  private final ColumnType[] types;
  private final boolean[] descending;
  private final boolean[] folded;
  private final Utf8Slice text = new Utf8Slice();
  private byte[] bytes = new byte[64];
  private int size;
  private boolean hasNull;

  private KeyBytes(int[] columns, ColumnType[] types, boolean[] descending, boolean[] folded) {
    this.columns = columns;
    this.types = types;
    this.descending = descending;
    this.folded = folded;
  }

  /**
   * Keys that are taken out of rows.
   *
   * @param columns which columns of the row
   * @param types what the key's columns are, where rows may have other numbers
   * @param compared how they compare
   */
  public static KeyBytes of(int[] columns, List<Column> types, List<Comparison> compared) {
    return new KeyBytes(
        columns,
        types.stream().map(Column::type).toArray(ColumnType[]::new),
        new boolean[columns.length],
        folded(compared));
  }

  /**
   * Keys that are taken out of rows and compare as their types do.
   *
   * @param columns which columns of the row
   * @param types what the key's columns are, where rows may have other numbers
   */
  public static KeyBytes of(int[] columns, List<Column> types) {
    return of(
        columns, types, types.stream().map(type -> SortKey.comparisonOf(type.type())).toList());
  }

  private static boolean[] folded(List<Comparison> compared) {
    boolean[] folded = new boolean[compared.size()];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = compared.get(i) == Comparison.FOLDED;
    }
    return folded;
  }

  /**
   * Keys that compare as an order says.
   *
   * @param order the order
   * @param columns the columns of the rows
   */
  public static KeyBytes of(List<SortKey> order, List<Column> columns) {
    int[] indexes = new int[order.size()];
    ColumnType[] types = new ColumnType[order.size()];
    boolean[] descending = new boolean[order.size()];
    List<String> names = columns.stream().map(Column::name).toList();
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = names.indexOf(order.get(i).column());
      types[i] = columns.get(indexes[i]).type();
      descending[i] = order.get(i).direction() == SortKey.Direction.DESCENDING;
    }
    return new KeyBytes(
        indexes, types, descending, folded(order.stream().map(SortKey::comparison).toList()));
  }

  /** The buffer, of which {@link #size} bytes are the key. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Whether one of its values is null. */
  public boolean hasNull() {
    return hasNull;
  }

  /** Whether two keys are equal. */
  public boolean sameAs(KeyBytes other) {
    return compareTo(other) == 0;
  }

  /** Compares two keys of one order. */
  public int compareTo(KeyBytes other) {
    return Arrays.compareUnsigned(bytes, 0, size, other.bytes, 0, other.size);
  }

  /** A key of the same shape. */
  public KeyBytes fresh() {
    return new KeyBytes(columns, types, descending, folded);
  }

  /** Takes over another key. */
  public void set(KeyBytes other) {
    set(other.bytes, 0, other.size);
    hasNull = other.hasNull;
  }

  void set(byte[] from, int offset, int length) {
    size = 0;
    room(length);
    System.arraycopy(from, offset, bytes, 0, length);
    size = length;
  }

  /** Takes the key out of the row that a reader stands on. */
  public KeyBytes read(RowReader row) {
    size = 0;
    hasNull = false;
    for (int i = 0; i < columns.length; i++) {
      int start = size;
      if (row.isNull(columns[i])) {
        hasNull = true;
        put(ABSENT);
      } else {
        value(row, columns[i], types[i], folded[i]);
      }
      for (int at = start; descending[i] && at < size; at++) {
        bytes[at] = (byte) ~bytes[at];
      }
    }
    return this;
  }

  /** The values of the key in a row. */
  public @Nullable Object[] values(RowReader row) {
    @Nullable Object[] values = new Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      Object value = row.value(columns[i]);
      values[i] = value instanceof byte[] array ? array.clone() : value;
    }
    return values;
  }

  private void value(RowReader row, int column, ColumnType type, boolean fold) {
    switch (type) {
      case TEXT -> {
        row.text(column, text);
        put(PRESENT);
        if (fold) {
          folded();
        } else {
          escaped(text.bytes(), text.offset(), text.length());
        }
      }
      case BYTES -> {
        byte[] value = (byte[]) present(row, column);
        put(PRESENT);
        escaped(value, 0, value.length);
      }
      case INTEGER -> {
        put(PRESENT);
        number(row.getLong(column));
      }
      case DECIMAL, DOUBLE -> number(present(row, column));
      case BOOLEAN, DATE, TIME, DATETIME, INSTANT -> {
        put(PRESENT);
        Moments.write(present(row, column), this);
      }
      case LIST -> throw new IllegalArgumentException("lists are no keys");
    }
  }

  private static Object present(RowReader row, int column) {
    Object value = row.value(column);
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null and says that it is not");
    }
    return value;
  }

  private void number(Object value) {
    if (value instanceof BigDecimal decimal) {
      decimal(decimal);
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      put(number.isNaN() ? NOT_A_NUMBER : number > 0 ? INFINITY : MINUS_INFINITY);
    } else {
      decimal(value instanceof Long whole ? BigDecimal.valueOf(whole) : new BigDecimal("" + value));
    }
  }

  /** The sign, the place of the first digit, and the digits up to the last that is not 0. */
  private void decimal(BigDecimal value) {
    if (value.signum() == 0) {
      put(ZERO);
      return;
    }
    put(value.signum() < 0 ? NEGATIVE : POSITIVE);
    int start = size;
    number(value.precision() - (long) value.scale());
    String digits = value.unscaledValue().abs().toString();
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      put(digits.charAt(i));
    }
    put(0);
    for (int at = start; value.signum() < 0 && at < size; at++) {
      bytes[at] = (byte) ~bytes[at];
    }
  }

  /** Eight bytes, the lowest number first. */
  void number(long value) {
    room(Long.BYTES);
    LONG.set(bytes, size, Long.reverseBytes(value ^ Long.MIN_VALUE));
    size += Long.BYTES;
  }

  /** The bytes and an end that is lower than any that go on: 0 0, where a 0 among them is 0 1. */
  private void escaped(byte[] source, int offset, int length) {
    room(2 * length + 2);
    System.arraycopy(source, offset, bytes, size, length);
    int first = zero(bytes, size, size + length) - size;
    size += first;
    for (int i = offset + first; i < offset + length; i++) {
      bytes[size++] = source[i];
      if (source[i] == 0) {
        bytes[size++] = 1;
      }
    }
    bytes[size++] = 0;
    bytes[size++] = 0;
  }

  /** Where the first byte is that is 0, or the end. */
  private static int zero(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long eight = (long) LONG.get(bytes, at);
      if ((eight - ONES & ~eight & HIGHS) != 0) {
        break;
      }
    }
    while (at < to && bytes[at] != 0) {
      at++;
    }
    return at;
  }

  /** The folded form of the text, escaped. Of ASCII, that is what has small letters. */
  private void folded() {
    int start = size;
    escaped(text.bytes(), text.offset(), text.length());
    for (int at = start; at < size; at++) {
      byte b = bytes[at];
      if (b < 0) {
        size = start;
        byte[] lower = CaseFolding.fold(text.toString()).getBytes(StandardCharsets.UTF_8);
        escaped(lower, 0, lower.length);
        return;
      }
      bytes[at] = b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
    }
  }

  private void put(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }

  /**
   * Whether the values can be told from the bytes, which is not so for the scale of decimals and
   * the case of folded texts.
   */
  boolean exact() {
    for (boolean each : folded) {
      if (each) {
        return false;
      }
    }
    return Arrays.stream(types).noneMatch(t -> t == ColumnType.DECIMAL || t == ColumnType.DOUBLE);
  }

  /** The values of a key that {@link #exact} is true of and whose order is ascending. */
  @Nullable Object[] values(byte[] from, int offset) {
    return new KeyValues(from, offset).of(types);
  }
}
