package io.bindery.bind.mysql.internal;

import com.mysql.cj.NativeSession;
import com.mysql.cj.conf.ConnectionUrl;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.MysqlDataSource;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.Secret;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The driver's data source with gaps closed. It takes settings that the driver itself does not know
 * (a socket factory's, PEM files) and any name of a database. And a server that accepts a
 * connection and then says nothing does not hold the caller longer than the connect timeout: until
 * the login is done that is the limit of each read, and the operator's own limit after that. And
 * what a connection starts does not hold on to its users' class loaders.
 */
final class ConnectorDataSource extends MysqlDataSource {
  private static final long serialVersionUID = 1L;

  /** Settings that the driver's data source would not pass on. */
  private final transient Properties further = new Properties();

  /** Of PEM files; null without. */
  private final transient @Nullable KeptStores stores;

  private final int socketTimeoutMillis;

  private ConnectorDataSource(int socketTimeoutMillis, Map<String, String> pemFiles) {
    this.socketTimeoutMillis = socketTimeoutMillis;
    this.stores = pemFiles.isEmpty() ? null : new KeptStores(pemFiles);
  }

  /**
   * A data source for some settings; connects nowhere.
   *
   * @throws BinderyException CONFIGURATION, with all that is wrong
   */
  static ConnectorDataSource of(ConnectionSettings settings) {
    Map<String, String> all = DriverSettings.of(settings);
    int after = Integer.parseInt(all.getOrDefault("socketTimeout", "0"));
    all.put("socketTimeout", all.getOrDefault("connectTimeout", "0"));

    ConnectorDataSource source = new ConnectorDataSource(after, PemSettings.takeFrom(all));
    Properties known = new Properties();
    all.forEach(
        (name, value) ->
            (DriverSettings.definition(name) == null ? source.further : known).put(name, value));
    source.initializeProperties(known);
    source.address(settings);
    if (settings.user() != null) {
      source.setUser(settings.user());
    }
    Secret password = settings.password();
    if (password != null) {
      source.setPassword(password.reveal());
    }
    return source;
  }

  private void address(ConnectionSettings settings) {
    String jdbcUrl = settings.jdbcUrl();
    if (jdbcUrl != null) {
      setUrl(checked(DriverUrl.normalized(jdbcUrl)));
      return;
    }
    setServerName(DriverUrl.host(settings));
    setPort(settings.port() == null ? MysqlBindType.DEFAULT_PORT : settings.port());
    if (settings.database() != null) {
      further.put(PropertyKey.DBNAME.getKeyName(), settings.database());
    }
  }

  private static String checked(String jdbcUrl) {
    try {
      if (ConnectionUrl.acceptsUrl(jdbcUrl)) {
        ConnectionUrl.getConnectionUrlInstance(jdbcUrl, null).getHostsList();
        return jdbcUrl;
      }
    } catch (CJException e) {
      // its message repeats the URL, which may hold a password
    }
    throw new BinderyException(
        ErrorCode.CONFIGURATION, "url: the driver cannot read this jdbc: url");
  }

  @Override
  protected Connection getConnection(Properties properties) throws SQLException {
    properties.putAll(further);
    Connection connection = connect(properties);
    try {
      connection.setNetworkTimeout(Runnable::run, socketTimeoutMillis);
      startTimer(connection);
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

  private Connection connect(Properties properties) throws SQLException {
    if (stores == null) {
      return super.getConnection(properties);
    }
    KeptStores.Use use = take(stores);
    try {
      properties.putAll(use.settings());
      return use.heldBy(super.getConnection(properties));
    } catch (SQLException | RuntimeException e) {
      use.release();
      throw e;
    }
  }

  private static KeptStores.Use take(KeptStores stores) throws SQLException {
    try {
      return stores.take();
    } catch (IOException | GeneralSecurityException e) {
      throw new SQLNonTransientConnectionException(e.getMessage(), "08001", e);
    }
  }

  /**
   * Starts the timer that stops statements whose time is over. The driver would start it within the
   * first such statement, and a thread keeps the class loaders of whoever starts it: those of a
   * model that went long ago, as long as the pooled connection lives.
   */
  private static void startTimer(Connection connection) throws SQLException {
    if (connection.isWrapperFor(JdbcConnection.class)
        && connection.unwrap(JdbcConnection.class).getSession() instanceof NativeSession session) {
      session.getCancelTimer();
    }
  }
}
