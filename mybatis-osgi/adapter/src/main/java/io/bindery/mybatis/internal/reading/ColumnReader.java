package io.bindery.mybatis.internal.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.executor.resultset.ResultSetWrapper;
import org.apache.ibatis.type.TypeHandler;
import org.apache.ibatis.type.UnknownTypeHandler;
import org.jspecify.annotations.Nullable;

/** Reads one column of a row by a type handler. Safe for all threads, as type handlers are. */
@FunctionalInterface
public interface ColumnReader {
  /**
   * Reads the column of the current row.
   *
   * @param rows the result
   * @throws SQLException when the driver fails
   * @throws org.apache.ibatis.exceptions.PersistenceException when a value does not fit
   */
  @Nullable Object read(ResultSet rows) throws SQLException;

  /** How a handler of MyBatis' own reads it, or null when another does. */
  default @Nullable BuiltIn builtIn() {
    return null;
  }

  /**
   * A column that one of MyBatis' own handlers reads by index.
   *
   * @param handler the handler
   * @param index the column, from 1
   */
  record BuiltIn(TypeHandler<?> handler, int index) {}

  /**
   * By index with MyBatis' own handlers. Others are called by name as MyBatis calls them, since
   * they may have another way by index, or read other columns by theirs.
   *
   * @param handler the handler
   * @param column the column's name
   * @param result a result that may have it
   * @throws SQLException when the result is closed
   * @throws NotCompiledException when it has none
   */
  static ColumnReader of(TypeHandler<?> handler, String column, ResultSetWrapper result)
      throws SQLException, NotCompiledException {
    int index;
    try {
      index = result.getResultSet().findColumn(column);
    } catch (SQLException e) {
      if (result.getColumnNames().stream().anyMatch(column::equalsIgnoreCase)) {
        throw e; // the result is gone, which says nothing of the next
      }
      throw NotCompiledException.missing(column);
    }
    Class<?> type = handler.getClass();
    boolean own =
        type.getPackage() == TypeHandler.class.getPackage() && type != UnknownTypeHandler.class;
    return own
        ? new IndexedReader(new BuiltIn(handler, index), column)
        : rows -> handler.getResult(rows, column);
  }
}
