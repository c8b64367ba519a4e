package io.bindery.bind.pool.internal.type;

import io.bindery.bind.StreamingMode;
import io.bindery.bind.spi.BindType;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import io.bindery.bind.spi.JdbcUrl;
import io.bindery.bind.spi.Secret;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * A plain driver as a bind type. It knows of its database what JDBC says of all: no statement can
 * be stopped without its connection, errors are told by their SQLSTATE, and the order of texts is
 * the database's own.
 */
final class DriverBindType implements BindType {
  /** Drivers that would read all rows at once mostly stream like this, PostgreSQL's above all. */
  private static final StreamingMode STREAMING = new StreamingMode(1_000, false);

  private final String name;
  private final OfferedDriver driver;

  /**
   * The type of one kind of database.
   *
   * @param name what stands after {@code jdbc:}, or the type's name as the operator gave it
   */
  DriverBindType(String name, OfferedDriver driver) {
    this.name = name;
    this.driver = driver;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> schemes() {
    return Set.of();
  }

  @Override
  public String databaseId() {
    return name;
  }

  @Override
  public DataSource dataSource(ConnectionSettings settings) {
    Properties properties = new Properties();
    settings.driver().forEach(properties::setProperty);
    put(properties, DataSourceFactory.JDBC_USER, settings.user());
    Secret password = settings.password();
    if (password != null) {
      properties.setProperty(DataSourceFactory.JDBC_PASSWORD, password.reveal());
    }
    String jdbcUrl = settings.jdbcUrl();
    return jdbcUrl == null ? ofParts(settings, properties) : ofUrl(jdbcUrl, properties);
  }

  private DataSource ofUrl(String jdbcUrl, Properties properties) {
    Driver plain = driver.driver();
    if (plain == null) {
      properties.setProperty(DataSourceFactory.JDBC_URL, jdbcUrl);
      return made(properties, "url: ", "");
    }
    if (!driver.accepts(jdbcUrl)) {
      throw wrong("url: the driver " + driver.name() + " does not know such a jdbc: url");
    }
    return new DriverDataSource(plain, jdbcUrl, properties);
  }

  private DataSource ofParts(ConnectionSettings settings, Properties properties) {
    List<String> problems = new ArrayList<>();
    String plain = "the plain driver " + driver.name() + " ";
    if (settings.unixSocket() != null) {
      problems.add(
          "unix_socket: " + plain + "is not told of sockets; give a jdbc: url that names it");
    }
    if (!settings.parameters().isEmpty()) {
      problems.add(
          "url: " + plain + "is not told what stands after '?'; give driver.NAME = VALUE for each");
    }
    if (!problems.isEmpty()) {
      throw wrong(String.join("; ", problems));
    }
    put(properties, DataSourceFactory.JDBC_SERVER_NAME, settings.host());
    put(properties, DataSourceFactory.JDBC_DATABASE_NAME, settings.database());
    Integer port = settings.port();
    put(properties, DataSourceFactory.JDBC_PORT_NUMBER, port == null ? null : port.toString());
    return made(properties, "host, port, database: ", "; give a jdbc: url instead");
  }

  private DataSource made(Properties properties, String keys, String remedy) {
    try {
      return driver.factory().createDataSource(properties);
    } catch (SQLException e) {
      throw wrong(
          "%sthe factory of the driver %s refuses the settings: %s%s"
              .formatted(keys, driver.name(), e.getMessage(), remedy));
    }
  }

  private static void put(Properties properties, String key, @Nullable String value) {
    if (value != null) {
      properties.setProperty(key, value);
    }
  }

  private static BinderyException wrong(String problem) {
    return new BinderyException(ErrorCode.CONFIGURATION, problem);
  }

  @Override
  public String displayUrl(ConnectionSettings settings) {
    String jdbcUrl = settings.jdbcUrl();
    if (jdbcUrl != null) {
      return JdbcUrl.shown(jdbcUrl);
    }
    String host = settings.host() == null ? "" : settings.host();
    String port = settings.port() == null ? "" : ":" + settings.port();
    String database = settings.database() == null ? "" : settings.database();
    return name + "://" + host + port + "/" + database;
  }

  @Override
  public StreamingMode streaming() {
    return STREAMING;
  }

  @Override
  public void kill(Connection running, DataSource side) throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "the plain driver " + driver.name() + " stops a statement only with its connection");
  }

  @Override
  public String orderTextAsBinary(String expression) {
    return expression;
  }

  @Override
  public @Nullable FailureKind classify(SQLException failure) {
    return null;
  }
}
