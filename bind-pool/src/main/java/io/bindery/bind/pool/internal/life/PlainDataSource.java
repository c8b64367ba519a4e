package io.bindery.bind.pool.internal.life;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that gives connections and can be told nothing. */
abstract class PlainDataSource implements DataSource {
  /** What opens the connections in the end. */
  abstract DataSource source();

  @Override
  public final Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("user and password belong to the bind");
  }

  @Override
  public final @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public final void setLogWriter(@Nullable PrintWriter out) {
    // nothing is written
  }

  @Override
  public final void setLoginTimeout(int seconds) {
    // the bind's settings say how long
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public final Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public final <T> T unwrap(Class<T> type) throws SQLException {
    return source().unwrap(type);
  }

  @Override
  public final boolean isWrapperFor(Class<?> type) throws SQLException {
    return source().isWrapperFor(type);
  }
}
