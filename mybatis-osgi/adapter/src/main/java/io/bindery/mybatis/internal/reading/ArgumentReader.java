package io.bindery.mybatis.internal.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.executor.ExecutorException;
import org.apache.ibatis.executor.result.ResultMapException;
import org.apache.ibatis.mapping.ResultMapping;
import org.jspecify.annotations.Nullable;

/**
 * Reads the column of an argument that a result map names, and fails in MyBatis' words.
 *
 * @param reader reads it
 * @param mapping what the result map says of it
 */
record ArgumentReader(ColumnReader reader, ResultMapping mapping) implements ColumnReader {
  @Override
  public @Nullable Object read(ResultSet rows) throws SQLException {
    try {
      return reader.read(rows);
    } catch (ResultMapException | SQLException e) {
      throw new ExecutorException("Could not process result for mapping: " + mapping, e);
    }
  }

  @Override
  public @Nullable BuiltIn builtIn() {
    return reader.builtIn();
  }
}
