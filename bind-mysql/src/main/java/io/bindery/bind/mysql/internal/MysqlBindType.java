package io.bindery.bind.mysql.internal;

import com.mysql.cj.conf.ConnectionUrl;
import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.JdbcConnection;
import io.bindery.bind.RowBytes;
import io.bindery.bind.StreamingMode;
import io.bindery.bind.spi.BindType;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import io.bindery.bind.spi.JdbcUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** MySQL and MariaDB: both speak the protocol of MySQL Connector/J. */
@Component
public final class MysqlBindType implements BindType {
  static final int DEFAULT_PORT = 3306;

  @Override
  public String name() {
    return "mysql";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("mysql", "mariadb");
  }

  @Override
  public String databaseId() {
    return "mysql";
  }

  @Override
  public DataSource dataSource(ConnectionSettings settings) {
    return ConnectorDataSource.of(settings);
  }

  @Override
  public String displayUrl(ConnectionSettings settings) {
    String jdbcUrl = settings.jdbcUrl();
    if (jdbcUrl != null) {
      return displayJdbc(DriverUrl.normalized(jdbcUrl));
    }
    String database = settings.database() == null ? "" : settings.database();
    if (settings.unixSocket() != null) {
      return "mysql://" + settings.unixSocket() + "/" + database;
    }
    int port = settings.port() == null ? DEFAULT_PORT : settings.port();
    return "mysql://" + DriverUrl.host(settings) + ":" + port + "/" + database;
  }

  private static String displayJdbc(String jdbcUrl) {
    if (!JdbcUrl.isPlain(jdbcUrl)) {
      return JdbcUrl.shown(jdbcUrl);
    }
    try {
      ConnectionUrl url = ConnectionUrl.getConnectionUrlInstance(jdbcUrl, null);
      String hosts =
          url.getHostsList().stream()
              .map(HostInfo::getHostPortPair)
              .collect(Collectors.joining(","));
      return "mysql://" + hosts + "/" + (url.getDatabase() == null ? "" : url.getDatabase());
    } catch (CJException e) {
      return JdbcUrl.shown(jdbcUrl);
    }
  }

  @Override
  public StreamingMode streaming() {
    return new StreamingMode(Integer.MIN_VALUE, true);
  }

  @Override
  public @Nullable RowBytes bytes(ResultSet rows) throws SQLException {
    return SentRow.of(rows);
  }

  @Override
  public @Nullable Duration idleLimit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT @@wait_timeout")) {
      return rows.next() ? Duration.ofSeconds(rows.getLong(1)) : null;
    }
  }

  @Override
  public void kill(Connection running, DataSource side) throws SQLException {
    long id = running.unwrap(JdbcConnection.class).getId();
    try (Connection connection = side.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("KILL QUERY " + id);
    }
  }

  @Override
  public String orderTextAsBinary(String expression) {
    return "CAST(CONVERT(" + expression + " USING utf8mb4) AS BINARY)";
  }

  @Override
  public @Nullable FailureKind classify(SQLException failure) {
    return MysqlFailures.kind(failure);
  }

  @Override
  public String remedy(SQLException failure, FailureKind kind) {
    return MysqlFailures.remedy(failure, kind);
  }

  @Override
  public Map<String, String> facts(Connection connection) throws SQLException {
    return ServerFacts.of(connection);
  }
}
