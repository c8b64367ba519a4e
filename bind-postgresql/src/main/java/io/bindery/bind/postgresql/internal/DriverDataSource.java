package io.bindery.bind.postgresql.internal;

import io.bindery.bind.spi.Secret;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Opens connections by the driver itself: the driver's own data source asks DriverManager, which
 * does not see into bundles. And a server that accepts a connection and then says nothing does not
 * hold the caller longer than the connect timeout: until the login is done that is the limit of
 * each read, and the operator's own limit after that.
 */
final class DriverDataSource implements DataSource {
  private final Driver driver = new Driver();
  private final String url;
  private final @Nullable String user;
  private final @Nullable Secret password;
  private final Map<String, String> settings;

  /**
   * Connects nowhere.
   *
   * @param url a {@code jdbc:} URL; what it says wins over the rest
   * @param settings the driver's settings
   */
  DriverDataSource(
      String url, @Nullable String user, @Nullable Secret password, Map<String, String> settings) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.settings = settings;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Properties properties = new Properties();
    properties.putAll(settings);
    String connectTimeout = String.valueOf(PGProperty.CONNECT_TIMEOUT.getOrDefault(properties));
    int readTimeoutSeconds = PGProperty.SOCKET_TIMEOUT.getInt(properties);
    PGProperty.SOCKET_TIMEOUT.set(properties, connectTimeout);
    if (user != null) {
      PGProperty.USER.set(properties, user);
    }
    if (password != null) {
      PGProperty.PASSWORD.set(properties, password.reveal());
    }
    Connection connection = driver.connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver does not answer to its url", "08001");
    }
    try {
      connection.setNetworkTimeout(Runnable::run, readTimeoutSeconds * 1_000);
      return connection;
    } catch (SQLException | RuntimeException e) {
      try {
        connection.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("user and password belong to the bind");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // nothing is written
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // the settings say how long
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (!type.isInstance(this)) {
      throw new SQLException("not a " + type.getName());
    }
    return type.cast(this);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
