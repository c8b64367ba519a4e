package io.bindery.shell.internal.sql;

import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One column of a statement's result.
 *
 * @param index its place, from 1
 * @param column its name, which no other column has, and its type
 */
record ResultColumn(int index, Column column) {

  /** The columns of a result, in order. A name that comes again gets a number: {@code id_2}. */
  static List<ResultColumn> of(ResultSetMetaData result) throws SQLException {
    List<ResultColumn> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 1; i <= result.getColumnCount(); i++) {
      String label = result.getColumnLabel(i);
      String name = label;
      for (int again = 2; !names.add(name); again++) {
        name = label + "_" + again;
      }
      boolean nullable = result.isNullable(i) != ResultSetMetaData.columnNoNulls;
      columns.add(new ResultColumn(i, new Column(name, type(result, i), nullable)));
    }
    return columns;
  }

  private static ColumnType type(ResultSetMetaData result, int index) throws SQLException {
    String name = result.getColumnTypeName(index).toLowerCase(Locale.ROOT);
    if (name.startsWith("year") || name.startsWith("tinyint")) {
      // MySQL's year is a date to its driver, and its tinyint(1) a truth value, whatever it holds
      return ColumnType.INTEGER;
    }
    return switch (result.getColumnType(index)) {
      case Types.BOOLEAN -> ColumnType.BOOLEAN;
      case Types.BIT -> name.equals("bool") ? ColumnType.BOOLEAN : ColumnType.INTEGER;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> ColumnType.INTEGER;
      case Types.BIGINT -> result.isSigned(index) ? ColumnType.INTEGER : ColumnType.DECIMAL;
      case Types.DECIMAL, Types.NUMERIC -> ColumnType.DECIMAL;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> ColumnType.DOUBLE;
      case Types.DATE -> ColumnType.DATE;
      case Types.TIMESTAMP -> name.equals("timestamptz") ? ColumnType.INSTANT : ColumnType.DATETIME;
      case Types.TIMESTAMP_WITH_TIMEZONE -> ColumnType.INSTANT;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> ColumnType.BYTES;
      // a TIME may be negative or longer than a day, so it stays the text that the database makes
      default -> ColumnType.TEXT;
    };
  }

  /** The value in the current row, as a reader gives it. */
  @Nullable Object value(ResultSet rows) throws SQLException {
    Object value =
        switch (column.type()) {
          case BOOLEAN -> rows.getBoolean(index);
          case INTEGER -> rows.getLong(index);
          case DECIMAL -> rows.getBigDecimal(index);
          case DOUBLE -> number(rows.getString(index));
          case TEXT, TIME -> rows.getString(index);
          case DATE -> rows.getObject(index, LocalDate.class);
          case DATETIME -> rows.getObject(index, LocalDateTime.class);
          case INSTANT -> {
            OffsetDateTime moment = rows.getObject(index, OffsetDateTime.class);
            yield moment == null ? null : moment.toInstant();
          }
          case BYTES -> rows.getBytes(index);
          case LIST -> throw new IllegalStateException("a statement has no lists");
        };
    return rows.wasNull() ? null : value;
  }

  /** By its text, or a float of 0.1 would be 0.10000000149011612. */
  private static @Nullable Double number(@Nullable String text) {
    return text == null ? null : Double.valueOf(text);
  }
}
