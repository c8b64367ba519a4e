package io.bindery.mybatis.internal.rows;

import io.bindery.bind.RowBytes;
import io.bindery.mybatis.internal.reading.ColumnReader;
import io.bindery.source.ColumnType;
import io.bindery.source.Utf8Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A column of names of constants of an enum. */
final class ConstantColumn extends ByteColumn {
  private final Enum<?>[] constants;
  private final byte[][] names;
  private int found;

  /**
   * A column.
   *
   * @param constants the constants of the enum
   */
  ConstantColumn(RowBytes row, int index, ColumnReader handler, Enum<?>[] constants) {
    super(row, index, handler, ColumnType.TEXT);
    this.constants = constants;
    this.names =
        Arrays.stream(constants)
            .map(it -> it.name().getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  @Override
  boolean isRegular() {
    for (int i = 0; i < names.length; i++) {
      byte[] name = names[i];
      if (Arrays.equals(name, 0, name.length, bytes, offset, offset + length)) {
        found = i;
        return true;
      }
    }
    return false;
  }

  @Override
  Object decoded() {
    return constants[found];
  }

  @Override
  void regularText(Utf8Slice target) {
    target.set(bytes, offset, length);
  }
}
