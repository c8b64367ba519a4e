package io.bindery.mybatis.internal.reading;

import java.util.function.BooleanSupplier;
import org.apache.ibatis.executor.Executor;
import org.apache.ibatis.executor.parameter.ParameterHandler;
import org.apache.ibatis.executor.resultset.ResultSetHandler;
import org.apache.ibatis.mapping.BoundSql;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.SqlCommandType;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ResultHandler;
import org.apache.ibatis.session.RowBounds;

/** MyBatis' configuration of a model, whose flat results are read by compiled readers. */
public final class ReadingConfiguration extends Configuration {
  private final BooleanSupplier compiled;
  private final RowPlans plans = new RowPlans();

  /**
   * An empty configuration.
   *
   * @param compiled whether rows are read by compiled readers; asked at each statement
   */
  public ReadingConfiguration(BooleanSupplier compiled) {
    this.compiled = compiled;
  }

  /** How the rows of the statements are read. */
  public RowPlans plans() {
    return plans;
  }

  @Override
  @SuppressWarnings("rawtypes") // as MyBatis declares it
  public ResultSetHandler newResultSetHandler(
      Executor executor,
      MappedStatement statement,
      RowBounds bounds,
      ParameterHandler parameters,
      ResultHandler handler,
      BoundSql sql) {
    if (compiled.getAsBoolean()) {
      return new CompiledResults(executor, statement, parameters, handler, sql, bounds, plans);
    }
    if (statement.getSqlCommandType() == SqlCommandType.SELECT) {
      plans.note(statement, new RowPlan.Mybatis("row.reader = mybatis"));
    }
    return super.newResultSetHandler(executor, statement, bounds, parameters, handler, sql);
  }
}
