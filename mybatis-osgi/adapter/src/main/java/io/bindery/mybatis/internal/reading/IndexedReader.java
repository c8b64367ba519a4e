package io.bindery.mybatis.internal.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.executor.result.ResultMapException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a column by its index.
 *
 * @param builtIn the handler and the index
 * @param column the column's name
 */
record IndexedReader(BuiltIn builtIn, String column) implements ColumnReader {
  @Override
  public @Nullable Object read(ResultSet rows) throws SQLException {
    try {
      return builtIn.handler().getResult(rows, builtIn.index());
    } catch (ResultMapException e) {
      return builtIn.handler().getResult(rows, column); // fails as well, and names the column
    }
  }
}
