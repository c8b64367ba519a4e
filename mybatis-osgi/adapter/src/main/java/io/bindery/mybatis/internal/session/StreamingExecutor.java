package io.bindery.mybatis.internal.session;

import io.bindery.bind.StreamingMode;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.executor.SimpleExecutor;
import org.apache.ibatis.executor.statement.StatementHandler;
import org.apache.ibatis.mapping.BoundSql;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.RowBounds;

/** MyBatis' plain executor, which reads the results of cursors row by row. */
final class StreamingExecutor extends SimpleExecutor {
  private final LeaseTransaction lease;
  private final StreamingMode mode;

  StreamingExecutor(Configuration configuration, LeaseTransaction lease, StreamingMode mode) {
    super(configuration, lease);
    this.lease = lease;
    this.mode = mode;
  }

  @Override
  protected <E> Cursor<E> doQueryCursor(
      MappedStatement statement, Object parameter, RowBounds bounds, BoundSql sql)
      throws SQLException {
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
    return cursor;
  }
}
