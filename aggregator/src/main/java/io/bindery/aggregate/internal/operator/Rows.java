package io.bindery.aggregate.internal.operator;

import io.bindery.source.Column;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that outlive their reader's next row. */
final class Rows {
  private static final int OBJECT = 24;
  private static final int DECIMAL = 64;

  private Rows() {}

  static @Nullable Object[] copy(RowReader row, int width) {
    @Nullable Object[] copy = new Object[width];
    for (int i = 0; i < width; i++) {
      copy[i] = kept(row.value(i));
    }
    return copy;
  }

  /** A value that a reader cannot change any more. */
  static @Nullable Object kept(@Nullable Object value) {
    return value instanceof byte[] bytes ? bytes.clone() : value;
  }

  /** About how many bytes some values take, with the array that holds them. */
  static long bytes(@Nullable Object[] values) {
    long bytes = OBJECT;
    for (Object value : values) {
      bytes += Long.BYTES;
      if (value instanceof String text) {
        bytes += OBJECT + OBJECT + text.length();
      } else if (value instanceof byte[] array) {
        bytes += OBJECT + array.length;
      } else if (value instanceof BigDecimal) {
        bytes += DECIMAL;
      } else if (value != null) {
        bytes += OBJECT;
      }
    }
    return bytes;
  }

  static int[] indexes(List<SortKey> order, List<Column> columns) {
    return order.stream().mapToInt(key -> index(key.column(), columns)).toArray();
  }

  private static int index(String name, List<Column> columns) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no column '%s' in %s".formatted(name, columns));
  }
}
