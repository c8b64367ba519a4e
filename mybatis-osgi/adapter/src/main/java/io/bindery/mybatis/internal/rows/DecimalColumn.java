package io.bindery.mybatis.internal.rows;

import io.bindery.bind.RowBytes;
import io.bindery.mybatis.internal.reading.ColumnReader;
import io.bindery.source.ColumnType;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;

/** A column of numbers with a fraction of fixed length. */
final class DecimalColumn extends ByteColumn {
  /** So many digits fit in a long, whatever they are. */
  private static final int SAFE_DIGITS = 18;

  DecimalColumn(RowBytes row, int index, ColumnReader handler) {
    super(row, index, handler, ColumnType.DECIMAL);
  }

  /** Not when it is filled with zeros, or a zero below zero, whose texts are not the number's. */
  @Override
  boolean isRegular() {
    if (length == 0) {
      return false;
    }
    int at = offset;
    if (bytes[at] == '-') {
      at++;
    }
    if (at < offset + length && bytes[at] != '0') {
      return bytes[at] != '.';
    }
    return at == offset && (length == 1 || bytes[at + 1] == '.');
  }

  @Override
  Object decoded() {
    if (length > SAFE_DIGITS) {
      char[] digits = new char[length];
      for (int i = 0; i < length; i++) {
        digits[i] = (char) bytes[offset + i];
      }
      return new BigDecimal(digits);
    }
    boolean negative = bytes[offset] == '-';
    int end = offset + length;
    int point = end - 1;
    long number = 0;
    for (int i = negative ? offset + 1 : offset; i < end; i++) {
      if (bytes[i] == '.') {
        point = i;
      } else {
        number = number * 10 + (bytes[i] - '0');
      }
    }
    return BigDecimal.valueOf(negative ? -number : number, end - 1 - point);
  }

  @Override
  void regularText(Utf8Slice target) {
    target.set(bytes, offset, length);
  }
}
