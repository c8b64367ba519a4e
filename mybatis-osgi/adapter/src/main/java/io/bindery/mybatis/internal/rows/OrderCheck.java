package io.bindery.mybatis.internal.rows;

import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import io.bindery.source.Utf8Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares each row with the one before it by a declared order. */
final class OrderCheck {
  private static final int SHOWN_CHARACTERS = 24;

  private final Key[] keys;
  private boolean begun;

  /**
   * A check that has seen no row.
   *
   * @param order the declared order; empty checks nothing
   * @param shape the shape of the rows, which has every column of the order
   */
  OrderCheck(List<SortKey> order, RowShape shape) {
    this.keys =
        order.stream().map(key -> new Key(key, shape.indexOf(key.column()))).toArray(Key[]::new);
  }

  /**
   * Takes the next row.
   *
   * @param row the reader at the row
   * @return null when it follows the row before, else what is wrong
   */
  @Nullable String next(RowReader row) {
    for (Key key : keys) {
      int comparison = begun ? key.compareWith(row) : -1;
      if (comparison > 0) {
        return "by '%s': %s comes after %s"
            .formatted(key.order.column(), shown(row.value(key.column)), shown(key.before(row)));
      }
      if (comparison < 0) {
        break;
      }
    }
    for (Key key : keys) {
      key.keep(row);
    }
    begun = true;
    return null;
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    String text = ColumnValues.text(value);
    return "'%s'"
        .formatted(
            text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...");
  }

  /** A column of the order, and what it was in the row before. */
  private static final class Key {
    final SortKey order;
    final int column;
    private final Comparator<@Nullable Object> comparator;
    private final Utf8Slice now = new Utf8Slice();
    private @Nullable Object value;
    private byte[] text = new byte[32];
    private int length;

    Key(SortKey order, int column) {
      this.order = order;
      this.column = column;
      this.comparator = order.comparator();
    }

    /** Texts that are at hand as bytes are compared as these. */
    private boolean byText(RowReader row) {
      return order.comparison() == SortKey.Comparison.BINARY && row.hasTexts(column);
    }

    int compareWith(RowReader row) {
      if (!byText(row)) {
        return comparator.compare(value, row.value(column));
      }
      int ascending;
      if (length < 0 || row.isNull(column)) {
        ascending = Boolean.compare(row.isNull(column), length < 0);
      } else {
        row.text(column, now);
        ascending =
            Arrays.compareUnsigned(
                text, 0, length, now.bytes(), now.offset(), now.offset() + now.length());
      }
      return order.direction() == SortKey.Direction.ASCENDING ? ascending : -ascending;
    }

    void keep(RowReader row) {
      if (!byText(row)) {
        value = row.value(column);
      } else if (row.isNull(column)) {
        length = -1;
      } else {
        row.text(column, now);
        length = now.length();
        if (text.length < length) {
          text = new byte[2 * length];
        }
        System.arraycopy(now.bytes(), now.offset(), text, 0, length);
      }
    }

    @Nullable Object before(RowReader row) {
      return !byText(row)
          ? value
          : length < 0 ? null : new String(text, 0, length, StandardCharsets.UTF_8);
    }
  }
}
