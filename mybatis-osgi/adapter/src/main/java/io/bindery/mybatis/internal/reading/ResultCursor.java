package io.bindery.mybatis.internal.reading;

import io.bindery.bind.RowBytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Function;
import org.apache.ibatis.cursor.defaults.DefaultCursor;
import org.apache.ibatis.executor.resultset.ResultSetWrapper;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.session.RowBounds;
import org.jspecify.annotations.Nullable;

/**
 * MyBatis' cursor, from which its result can be taken as long as nobody has asked it for a row.
 * Closing the cursor closes the result.
 */
public final class ResultCursor<T> extends DefaultCursor<T> {
  private final CompiledResults results;
  private final ResultMap map;
  private final ResultSetWrapper result;

  /** Rows of which none is read yet. */
  ResultCursor(CompiledResults results, ResultMap map, ResultSetWrapper result) {
    super(results, map, result, RowBounds.DEFAULT);
    this.results = results;
    this.map = map;
    this.result = result;
  }

  /**
   * The result, when its rows can be read as bytes.
   *
   * @param type the class of row objects that the reader expects
   * @param bytes gives the bytes of a result's rows, or null
   * @return null when the rows must come from the cursor
   * @throws SQLException when the driver cannot describe the rows
   */
  public @Nullable PlainRows take(Class<?> type, Function<ResultSet, @Nullable RowBytes> bytes)
      throws SQLException {
    boolean untouched = !isOpen() && !isConsumed() && getCurrentIndex() < 0;
    if (!untouched || !(results.plan(result, map) instanceof RowPlan.Compiled compiled)) {
      return null;
    }
    ConstructorPlan plain = compiled.plain();
    if (plain == null || plain.type() != type) {
      return null;
    }
    RowBytes row = bytes.apply(result.getResultSet());
    if (row == null) {
      results.note(compiled.saying("objects: its database gives no bytes"));
      return null;
    }
    results.note(compiled.saying("as bytes"));
    return new PlainRows(result.getResultSet(), row, plain);
  }
}
