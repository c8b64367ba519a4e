package io.bindery.mybatis.internal.rows;

import io.bindery.bind.RowBytes;
import io.bindery.mybatis.internal.reading.ColumnReader;
import io.bindery.source.ColumnType;
import io.bindery.source.Utf8Slice;

/** A column of which the type handler reads every value. */
final class HandledColumn extends ByteColumn {
  HandledColumn(RowBytes row, int index, ColumnReader handler, ColumnType type) {
    super(row, index, handler, type);
  }

  @Override
  boolean isRegular() {
    return false;
  }

  @Override
  boolean hasTexts() {
    return false;
  }

  @Override
  Object decoded() {
    throw new IllegalStateException("no value is regular");
  }

  @Override
  void regularText(Utf8Slice target) {
    throw new IllegalStateException("no value is regular");
  }
}
