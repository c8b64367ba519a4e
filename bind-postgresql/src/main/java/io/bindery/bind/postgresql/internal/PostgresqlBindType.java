package io.bindery.bind.postgresql.internal;

import io.bindery.bind.StreamingMode;
import io.bindery.bind.spi.BindType;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** PostgreSQL, and what speaks its protocol. */
@Component
public final class PostgresqlBindType implements BindType {
  static final String NAME = "postgresql";

  /** How many rows are fetched at once of a result that is read row by row. */
  private static final int FETCH_SIZE = 1_000;

  /** Takes the driver out of DriverManager, which would hold on to it when this bundle goes. */
  @Activate
  public PostgresqlBindType() throws SQLException {
    if (Driver.isRegistered()) {
      Driver.deregister();
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> schemes() {
    return Set.of(NAME, "postgres");
  }

  @Override
  public String databaseId() {
    return NAME;
  }

  @Override
  public DataSource dataSource(ConnectionSettings settings) {
    return new DriverDataSource(
        ServerAddress.jdbcUrl(settings),
        settings.user(),
        settings.password(),
        DriverSettings.of(settings));
  }

  @Override
  public String displayUrl(ConnectionSettings settings) {
    return ServerAddress.shown(settings);
  }

  /** In batches, which the driver fetches inside a transaction only. */
  @Override
  public StreamingMode streaming() {
    return new StreamingMode(FETCH_SIZE, false);
  }

  /**
   * By the protocol's own request, which needs neither a login nor one of the server's last
   * connections, and which a pooler between passes on. The server has acted when this returns.
   */
  @Override
  public void kill(Connection running, DataSource side) throws SQLException {
    running.unwrap(PGConnection.class).cancelQuery();
  }

  @Override
  public String orderTextAsBinary(String expression) {
    return "CAST(" + expression + " AS text) COLLATE \"C\"";
  }

  @Override
  public @Nullable FailureKind classify(SQLException failure) {
    return PostgresqlFailures.kind(failure);
  }

  @Override
  public String remedy(SQLException failure, FailureKind kind) {
    return PostgresqlFailures.remedy(failure, kind);
  }
}
