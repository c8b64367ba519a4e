package io.bindery.mybatis.internal.session;

import io.bindery.bind.StreamingMode;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.executor.SimpleExecutor;
import org.apache.ibatis.executor.statement.StatementHandler;
import org.apache.ibatis.mapping.BoundSql;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ResultHandler;
import org.apache.ibatis.session.RowBounds;

/** MyBatis' plain executor, which reads the results of cursors row by row. */
final class StreamingExecutor extends SimpleExecutor {
  private final SessionTransaction lease;
  private final StreamingMode mode;
  private final ClassLoader loader;

  StreamingExecutor(
      Configuration configuration,
      SessionTransaction lease,
      StreamingMode mode,
      ClassLoader loader) {
    super(configuration, lease);
    this.lease = lease;
    this.mode = mode;
    this.loader = loader;
  }

  @Override
  public int doUpdate(MappedStatement statement, Object parameter) throws SQLException {
    lease.begin(statement);
    return super.doUpdate(statement, parameter);
  }

  @Override
  public <E> List<E> doQuery(
      MappedStatement statement,
      Object parameter,
      RowBounds bounds,
      ResultHandler handler,
      BoundSql sql)
      throws SQLException {
    lease.begin(statement);
    return super.doQuery(statement, parameter, bounds, handler, sql);
  }

  @Override
  protected <E> Cursor<E> doQueryCursor(
      MappedStatement statement, Object parameter, RowBounds bounds, BoundSql sql)
      throws SQLException {
    lease.begin(statement);
    lease.stream(mode);
    StatementHandler handler =
        statement
            .getConfiguration()
            .newStatementHandler(wrapper, statement, parameter, bounds, null, sql);
    Statement prepared =
        handler.prepare(getConnection(statement.getStatementLog()), transaction.getTimeout());
    // a number below zero is a switch (MySQL), which a wish for a size must not turn off
    if (mode.fetchSize() < 0 || statement.getFetchSize() == null) {
      prepared.setFetchSize(mode.fetchSize());
    }
    handler.parameterize(prepared);
    Cursor<E> cursor = handler.queryCursor(prepared);
    prepared.closeOnCompletion();
    return lease.opened(cursor, statement, loader);
  }
}
