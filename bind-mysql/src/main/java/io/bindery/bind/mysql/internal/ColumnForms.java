package io.bindery.bind.mysql.internal;

import com.mysql.cj.MysqlType;
import com.mysql.cj.result.Field;
import io.bindery.bind.RowBytes.Form;

/** What the server sends for the columns of a result in the text protocol. */
final class ColumnForms {
  private static final int BINARY_COLLATION = 63;

  private ColumnForms() {}

  static Form[] of(Field[] fields) {
    Form[] forms = new Form[fields.length];
    for (int i = 0; i < fields.length; i++) {
      forms[i] = of(fields[i]);
    }
    return forms;
  }

  /** Floating point, years and bits are OTHER: the driver makes of them what their text is not. */
  private static Form of(Field field) {
    return switch (field.getMysqlTypeId()) {
      case MysqlType.FIELD_TYPE_TINY,
          MysqlType.FIELD_TYPE_SHORT,
          MysqlType.FIELD_TYPE_INT24,
          MysqlType.FIELD_TYPE_LONG,
          MysqlType.FIELD_TYPE_LONGLONG ->
          Form.INTEGER;
      case MysqlType.FIELD_TYPE_DECIMAL, MysqlType.FIELD_TYPE_NEWDECIMAL -> Form.DECIMAL;
      case MysqlType.FIELD_TYPE_DATE -> Form.DATE;
      case MysqlType.FIELD_TYPE_TIME -> Form.TIME;
      case MysqlType.FIELD_TYPE_DATETIME, MysqlType.FIELD_TYPE_TIMESTAMP -> Form.DATETIME;
      default -> isUtf8(field) ? Form.TEXT : Form.OTHER;
    };
  }

  private static boolean isUtf8(Field field) {
    return switch (field.getMysqlType()) {
      case JSON -> true;
      case CHAR, VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, ENUM, SET ->
          field.getCollationIndex() != BINARY_COLLATION
              && "UTF-8".equalsIgnoreCase(field.getEncoding());
      default -> false;
    };
  }
}
