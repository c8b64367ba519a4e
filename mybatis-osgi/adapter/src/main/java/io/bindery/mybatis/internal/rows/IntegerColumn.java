package io.bindery.mybatis.internal.rows;

import io.bindery.bind.RowBytes;
import io.bindery.mybatis.internal.reading.ColumnReader;
import io.bindery.source.ColumnType;
import io.bindery.source.Utf8Slice;
import java.util.function.LongFunction;

/** A column of whole numbers. */
final class IntegerColumn extends ByteColumn {
  /** So many digits fit in a long, whatever they are. */
  private static final int SAFE_DIGITS = 18;

  private final int safeLength;
  private final LongFunction<Object> boxing;

  /**
   * A column.
   *
   * @param bits how many bits the Java type has
   * @param boxing makes an object of that type
   */
  IntegerColumn(
      RowBytes row, int index, ColumnReader handler, int bits, LongFunction<Object> boxing) {
    super(row, index, handler, ColumnType.INTEGER);
    this.safeLength =
        bits == Long.SIZE ? SAFE_DIGITS : String.valueOf(1L << (bits - 1)).length() - 1;
    this.boxing = boxing;
  }

  /** What is longer may be out of bounds, or be filled with zeros. */
  @Override
  boolean isRegular() {
    return length <= safeLength && length > 0 && (bytes[offset] != '0' || length == 1);
  }

  @Override
  Object decoded() {
    return boxing.apply(parsed());
  }

  @Override
  long getLong() {
    return isOdd() || isNull() ? super.getLong() : parsed();
  }

  private long parsed() {
    boolean negative = bytes[offset] == '-';
    long number = 0;
    for (int i = negative ? offset + 1 : offset; i < offset + length; i++) {
      number = number * 10 + (bytes[i] - '0');
    }
    return negative ? -number : number;
  }

  @Override
  void regularText(Utf8Slice target) {
    target.set(bytes, offset, length);
  }
}
