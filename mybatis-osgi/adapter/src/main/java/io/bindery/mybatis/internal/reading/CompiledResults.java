package io.bindery.mybatis.internal.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.executor.ErrorContext;
import org.apache.ibatis.executor.Executor;
import org.apache.ibatis.executor.parameter.ParameterHandler;
import org.apache.ibatis.executor.result.DefaultResultContext;
import org.apache.ibatis.executor.resultset.DefaultResultSetHandler;
import org.apache.ibatis.executor.resultset.ResultSetWrapper;
import org.apache.ibatis.mapping.BoundSql;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.mapping.ResultMapping;
import org.apache.ibatis.session.ResultHandler;
import org.apache.ibatis.session.RowBounds;
import org.jspecify.annotations.Nullable;

/**
 * MyBatis' handling of one statement's results, in which only the way from a row to its object is
 * replaced: lists, handlers and cursors all come through {@link #handleRowValues}.
 */
final class CompiledResults extends DefaultResultSetHandler {
  private final MappedStatement statement;
  private final RowBounds bounds;
  private final RowPlans plans;
  private @Nullable ResultSetWrapper planned;
  private @Nullable RowPlan plan;

  @SuppressWarnings("rawtypes") // as MyBatis declares it
  CompiledResults(
      Executor executor,
      MappedStatement statement,
      ParameterHandler parameters,
      ResultHandler handler,
      BoundSql sql,
      RowBounds bounds,
      RowPlans plans) {
    super(executor, statement, parameters, handler, sql, bounds);
    this.statement = statement;
    this.bounds = bounds;
    this.plans = plans;
  }

  /** As MyBatis does it, with a cursor whose result can be read without it. */
  @Override
  public <E> Cursor<E> handleCursorResultSets(Statement source) throws SQLException {
    List<ResultMap> maps = statement.getResultMaps();
    ResultSet rows = maps.size() == 1 && bounds == RowBounds.DEFAULT ? source.getResultSet() : null;
    if (rows == null) {
      return super.handleCursorResultSets(source);
    }
    ErrorContext.instance().activity("handling cursor results").object(statement.getId());
    ResultSetWrapper result = new ResultSetWrapper(rows, statement.getConfiguration());
    return new ResultCursor<>(this, maps.get(0), result);
  }

  @Override
  @SuppressWarnings("unchecked") // every handler takes objects
  public void handleRowValues(
      ResultSetWrapper result,
      ResultMap map,
      ResultHandler<?> handler,
      RowBounds bounds,
      @Nullable ResultMapping parent)
      throws SQLException {
    if (bounds == RowBounds.DEFAULT
        && parent == null
        && plan(result, map) instanceof RowPlan.Compiled compiled) {
      ResultSet rows = result.getResultSet();
      DefaultResultContext<@Nullable Object> context = new DefaultResultContext<>();
      while (!context.isStopped() && !rows.isClosed() && rows.next()) {
        context.nextResultObject(compiled.reader().read(rows));
        ((ResultHandler<Object>) handler).handleResult(context);
      }
    } else {
      super.handleRowValues(result, map, handler, bounds, parent);
    }
  }

  /** Found once a result: a cursor comes for each row. */
  RowPlan plan(ResultSetWrapper result, ResultMap map) throws SQLException {
    RowPlan known = plan;
    if (known == null || planned != result) {
      known = plans.of(statement, map, result);
      plan = known;
      planned = result;
    }
    return known;
  }

  /** Notes how the rows of the result are read. */
  void note(RowPlan how) {
    plans.note(statement, how);
  }
}
