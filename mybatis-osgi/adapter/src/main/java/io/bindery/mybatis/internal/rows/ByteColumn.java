package io.bindery.mybatis.internal.rows;

import io.bindery.bind.RowBytes;
import io.bindery.mybatis.internal.reading.ColumnReader;
import io.bindery.source.ColumnType;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One column of the rows of a result, read from the bytes that the database sent. What is odd about
 * a value, such as a day that no calendar has, is left to the column's type handler, which knows
 * what it is or refuses it.
 */
abstract class ByteColumn {
  private final RowBytes row;
  private final int index;
  private final ColumnReader handler;
  private final ColumnType type;

  /** Where the value of the current row is. */
  byte[] bytes = new byte[0];

  /** Where it begins. */
  int offset;

  /** How many bytes it has, or -1 for null. */
  int length = -1;

  private boolean odd;
  private @Nullable Object handled;

  /**
   * A column.
   *
   * @param row the bytes of the rows
   * @param index the column in the result, from 1
   * @param handler what reads odd values
   * @param type the type of its values
   */
  ByteColumn(RowBytes row, int index, ColumnReader handler, ColumnType type) {
    this.row = row;
    this.index = index;
    this.handler = handler;
    this.type = type;
  }

  /**
   * Goes to the row that was located.
   *
   * @param rows the result, for what is odd
   * @return whether there is a value
   */
  final boolean advance(ResultSet rows) throws SQLException {
    odd = false;
    length = row.length(index);
    if (length < 0) {
      return false;
    }
    bytes = row.array(index);
    offset = row.offset(index);
    return isRegular() || byHandler(rows);
  }

  private boolean byHandler(ResultSet rows) throws SQLException {
    odd = true;
    handled = handler.read(rows);
    if (handled == null) {
      length = -1;
    }
    return handled != null;
  }

  /** Whether the bytes are what this class understands. */
  abstract boolean isRegular();

  /** The regular value as the type handler gives it. */
  abstract Object decoded();

  /** Points a slice at the text of the regular value. */
  abstract void regularText(Utf8Slice target);

  /** Whether texts cost less than values. */
  boolean hasTexts() {
    return true;
  }

  final boolean isNull() {
    return length < 0;
  }

  /** What the type handler makes of the value, or null. */
  final @Nullable Object raw() {
    return length < 0 ? null : odd ? handled : decoded();
  }

  /** The value as readers give it, or null. */
  final @Nullable Object value() {
    Object raw = raw();
    return raw == null ? null : ColumnValues.value(raw, type);
  }

  /** The text of a value that is not null. */
  final void text(Utf8Slice target) {
    if (odd) {
      byte[] text = ColumnValues.utf8(ColumnValues.value(present(), type));
      target.set(text, 0, text.length);
    } else {
      regularText(target);
    }
  }

  long getLong() {
    return ((Number) present()).longValue();
  }

  final double getDouble() {
    return (Double) ColumnValues.value(present(), ColumnType.DOUBLE);
  }

  final BigDecimal getDecimal() {
    return (BigDecimal) ColumnValues.value(present(), ColumnType.DECIMAL);
  }

  final boolean isOdd() {
    return odd;
  }

  private Object present() {
    Object raw = raw();
    if (raw == null) {
      throw new IllegalStateException("the column is null");
    }
    return raw;
  }
}
