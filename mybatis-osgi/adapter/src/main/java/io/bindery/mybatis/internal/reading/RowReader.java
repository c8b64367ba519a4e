package io.bindery.mybatis.internal.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Makes the object of a row. Safe for all threads. */
@FunctionalInterface
public interface RowReader {
  /**
   * Reads the current row.
   *
   * @param rows a result with the columns that the reader was compiled for
   * @return what MyBatis would make of the row; null where it makes nothing of one without values
   * @throws SQLException when the driver fails
   * @throws org.apache.ibatis.exceptions.PersistenceException when a value does not fit
   */
  @Nullable Object read(ResultSet rows) throws SQLException;
}
