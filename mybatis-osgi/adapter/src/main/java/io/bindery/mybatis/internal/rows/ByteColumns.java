package io.bindery.mybatis.internal.rows;

import io.bindery.bind.RowBytes;
import io.bindery.bind.RowBytes.Form;
import io.bindery.mybatis.internal.reading.ColumnReader;
import io.bindery.source.ColumnType;
import java.util.Objects;
import org.apache.ibatis.type.BigDecimalTypeHandler;
import org.apache.ibatis.type.ByteTypeHandler;
import org.apache.ibatis.type.EnumTypeHandler;
import org.apache.ibatis.type.IntegerTypeHandler;
import org.apache.ibatis.type.LocalDateTimeTypeHandler;
import org.apache.ibatis.type.LocalDateTypeHandler;
import org.apache.ibatis.type.LocalTimeTypeHandler;
import org.apache.ibatis.type.LongTypeHandler;
import org.apache.ibatis.type.ShortTypeHandler;
import org.apache.ibatis.type.StringTypeHandler;

/** Chooses who reads a column: its bytes must be in the form of which its handler makes values. */
final class ByteColumns {
  private ByteColumns() {}

  /**
   * A column.
   *
   * @param row the bytes of the rows
   * @param reader its reader, a handler of MyBatis' own
   * @param javaType the type of the record's component
   */
  static ByteColumn of(RowBytes row, ColumnReader reader, Class<?> javaType) {
    ColumnReader.BuiltIn builtIn = Objects.requireNonNull(reader.builtIn());
    int index = builtIn.index();
    Form form = row.form(index);
    Class<?> handler = builtIn.handler().getClass();
    if (form == Form.TEXT && handler == StringTypeHandler.class) {
      return new TextColumn(row, index, reader);
    }
    if (form == Form.TEXT && handler == EnumTypeHandler.class) {
      return new ConstantColumn(row, index, reader, (Enum<?>[]) javaType.getEnumConstants());
    }
    if (form == Form.DECIMAL && handler == BigDecimalTypeHandler.class) {
      return new DecimalColumn(row, index, reader);
    }
    if ((form == Form.DATE && handler == LocalDateTypeHandler.class)
        || (form == Form.TIME && handler == LocalTimeTypeHandler.class)
        || (form == Form.DATETIME && handler == LocalDateTimeTypeHandler.class)) {
      return new TimeColumn(row, index, reader, form);
    }
    if (form == Form.INTEGER && handler == IntegerTypeHandler.class) {
      return new IntegerColumn(row, index, reader, Integer.SIZE, it -> (int) it);
    }
    if (form == Form.INTEGER && handler == LongTypeHandler.class) {
      return new IntegerColumn(row, index, reader, Long.SIZE, it -> it);
    }
    if (form == Form.INTEGER && handler == ShortTypeHandler.class) {
      return new IntegerColumn(row, index, reader, Short.SIZE, it -> (short) it);
    }
    if (form == Form.INTEGER && handler == ByteTypeHandler.class) {
      return new IntegerColumn(row, index, reader, Byte.SIZE, it -> (byte) it);
    }
    ColumnType type = ColumnValues.typeOf(javaType).orElse(ColumnType.TEXT);
    return new HandledColumn(row, index, reader, type);
  }
}
