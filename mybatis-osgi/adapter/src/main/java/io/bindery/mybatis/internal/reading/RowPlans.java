package io.bindery.mybatis.internal.reading;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ibatis.executor.resultset.ResultSetWrapper;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** How the rows of a model's statements are read, found out once. Safe for all threads. */
public final class RowPlans {
  /** More results of one statement with other columns are read, but not kept in mind. */
  private static final int KEPT = 100;

  private final Map<String, Plans> statements = new ConcurrentHashMap<>();

  /** For {@link ReadingConfiguration}. */
  RowPlans() {}

  private record Columns(List<String> names, List<JdbcType> types, List<String> classes) {
    static Columns of(ResultSetWrapper result) {
      return new Columns(
          List.copyOf(result.getColumnNames()),
          List.copyOf(result.getJdbcTypes()),
          List.copyOf(result.getClassNames()));
    }
  }

  private static final class Plans {
    final Map<Columns, RowPlan> byColumns = new ConcurrentHashMap<>();
    volatile @Nullable RowPlan last;
  }

  /**
   * How the rows of a result are read.
   *
   * @param statement its statement
   * @param map the result map
   * @param result the result
   * @throws SQLException when the driver cannot describe it
   */
  RowPlan of(MappedStatement statement, ResultMap map, ResultSetWrapper result)
      throws SQLException {
    Plans plans = statements.computeIfAbsent(statement.getId(), it -> new Plans());
    Columns columns = Columns.of(result);
    RowPlan plan = plans.byColumns.get(columns);
    if (plan == null) {
      plan = new RowCompiler(statement, map, result).plan();
      if (plans.byColumns.size() < KEPT) {
        plans.byColumns.put(columns, plan);
      }
    }
    plans.last = plan;
    return plan;
  }

  /**
   * Notes how a statement's rows are read this time, whatever they are.
   *
   * @param statement the statement
   * @param how the way
   */
  void note(MappedStatement statement, RowPlan how) {
    statements.computeIfAbsent(statement.getId(), it -> new Plans()).last = how;
  }

  /**
   * How the last rows of a statement were read.
   *
   * @param statement its id
   * @return null when there were none yet
   */
  public @Nullable RowPlan last(String statement) {
    Plans plans = statements.get(statement);
    return plans == null ? null : plans.last;
  }
}
