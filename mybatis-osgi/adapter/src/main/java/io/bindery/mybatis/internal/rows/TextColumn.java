package io.bindery.mybatis.internal.rows;

import io.bindery.bind.RowBytes;
import io.bindery.mybatis.internal.reading.ColumnReader;
import io.bindery.source.ColumnType;
import io.bindery.source.Utf8Slice;
import java.nio.charset.StandardCharsets;

/** A column of texts. */
final class TextColumn extends ByteColumn {
  TextColumn(RowBytes row, int index, ColumnReader handler) {
    super(row, index, handler, ColumnType.TEXT);
  }

  @Override
  boolean isRegular() {
    return true;
  }

  @Override
  Object decoded() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  void regularText(Utf8Slice target) {
    target.set(bytes, offset, length);
  }
}
