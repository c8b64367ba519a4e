package io.bindery.bind.mysql.internal;

import com.mysql.cj.conf.ConnectionUrl;
import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.MysqlDataSource;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.Secret;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections by the driver's data source, and sees to it that a server which accepts a
 * connection and then says nothing does not hold the caller longer than the connect timeout: until
 * the login is done that is the limit of each read, and the operator's own limit after that.
 */
final class LoginLimitedDataSource implements DataSource {
  private final MysqlDataSource driver;
  private final int socketTimeoutMillis;

  private LoginLimitedDataSource(MysqlDataSource driver, int socketTimeoutMillis) {
    this.driver = driver;
    this.socketTimeoutMillis = socketTimeoutMillis;
  }

  /**
   * A data source for some settings; connects nowhere.
   *
   * @throws BinderyException CONFIGURATION, with all that is wrong
   */
  static LoginLimitedDataSource of(ConnectionSettings settings) {
    Map<String, String> all = DriverSettings.of(settings);
    int after = Integer.parseInt(all.getOrDefault("socketTimeout", "0"));
    all.put("socketTimeout", all.getOrDefault("connectTimeout", "0"));
    Properties properties = new Properties();
    properties.putAll(all);
    MysqlDataSource driver = new MysqlDataSource();
    driver.initializeProperties(properties);
    String jdbcUrl = settings.jdbcUrl();
    if (jdbcUrl == null) {
      address(driver, settings);
    } else {
      driver.setUrl(checked(DriverUrl.normalized(jdbcUrl)));
    }
    if (settings.user() != null) {
      driver.setUser(settings.user());
    }
    Secret password = settings.password();
    if (password != null) {
      driver.setPassword(password.reveal());
    }
    return new LoginLimitedDataSource(driver, after);
  }

  private static void address(MysqlDataSource driver, ConnectionSettings settings) {
    driver.setServerName(DriverUrl.host(settings));
    Integer port = settings.port();
    if (port != null) {
      driver.setPort(port);
    }
    if (settings.database() != null) {
      // the driver makes a URL of it, and decodes that again
      driver.setDatabaseName(
          URLEncoder.encode(settings.database(), StandardCharsets.UTF_8).replace("+", "%20"));
    }
  }

  private static String checked(String jdbcUrl) {
    try {
      ConnectionUrl.getConnectionUrlInstance(jdbcUrl, null);
      return jdbcUrl;
    } catch (CJException e) {
      // the driver's own message repeats the URL, which may hold a password
      throw new BinderyException(
          ErrorCode.CONFIGURATION, "url: the driver cannot read this jdbc: url");
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = driver.getConnection();
    try {
      connection.setNetworkTimeout(Runnable::run, socketTimeoutMillis);
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
    // the driver logs by slf4j
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // the connect timeout is a setting
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(driver)) {
      return type.cast(driver);
    }
    throw new SQLException("no wrapper for " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(driver);
  }
}
