package io.bindery.mybatis.internal.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
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
    this.plans = plans;
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
  private RowPlan plan(ResultSetWrapper result, ResultMap map) throws SQLException {
    RowPlan known = plan;
    if (known == null || planned != result) {
      known = plans.of(statement, map, result);
      plan = known;
      planned = result;
    }
    return known;
  }
}
