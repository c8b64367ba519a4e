package demo;

import java.io.PrintWriter;
import java.sql.*;
import java.util.function.ObjIntConsumer;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Opens connections and tells the session of each, since one that is busy cannot be asked. */
final class H2DataSource implements DataSource {
  private final JdbcDataSource source = new JdbcDataSource();
  private final ObjIntConsumer<Connection> opened;

  H2DataSource(String url, String user, String password, ObjIntConsumer<Connection> opened) {
    source.setURL(url);
    source.setUser(user);
    source.setPassword(password);
    this.opened = opened;
  }

  @Override public Connection getConnection() throws SQLException {
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT SESSION_ID()")) {
      rows.next();
      opened.accept(connection, rows.getInt(1));
    }
    return connection;
  }

  @Override public Connection getConnection(String user, String password) throws SQLException {
    return source.getConnection(user, password);
  }

  @Override public PrintWriter getLogWriter() { return source.getLogWriter(); }

  @Override public void setLogWriter(PrintWriter out) { source.setLogWriter(out); }

  @Override public void setLoginTimeout(int seconds) { source.setLoginTimeout(seconds); }

  @Override public int getLoginTimeout() { return source.getLoginTimeout(); }

  @Override public Logger getParentLogger() { return Logger.getLogger("org.h2"); }

  @Override public <T> T unwrap(Class<T> type) throws SQLException { return source.unwrap(type); }

  @Override public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }
}
