package io.bindery.bind.pool.internal.life;

import io.bindery.bind.pool.internal.config.PoolProperty;
import io.bindery.bind.pool.internal.config.PoolSettings;
import io.bindery.bind.spi.BindType;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one connection made beside the pool.
 *
 * @param server the server's version when it answered
 * @param idleLimit how long the server lets connections be idle, or null when nothing is known
 * @param outage why it did not, or null
 */
record Probe(String server, @Nullable Duration idleLimit, @Nullable Outage outage) {

  /**
   * Opens a connection and closes it.
   *
   * @param target what to connect to
   */
  static Probe of(Target target) {
    long start = System.nanoTime();
    PoolSettings pool = target.settings().pool();
    String initSql = pool.values().get(PoolProperty.CONNECTION_INIT_SQL);
    try (Connection connection = target.source().getConnection()) {
      limit(connection, (int) pool.number(PoolProperty.VALIDATION_TIMEOUT));
      if (initSql != null) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(initSql);
        }
      }
      DatabaseMetaData about = connection.getMetaData();
      String server = about.getDatabaseProductVersion();
      return new Probe(server, idleLimit(target.type(), connection), null);
    } catch (SQLException | RuntimeException | LinkageError e) {
      return new Probe("", null, target.words().outage(e, start));
    }
  }

  private static @Nullable Duration idleLimit(BindType type, Connection connection) {
    try {
      return type.idleLimit(connection);
    } catch (SQLException | RuntimeException e) {
      // it serves all the same; the pool's own times stand
      return null;
    }
  }

  /** How long each answer may take after the login. */
  private static void limit(Connection connection, int millis) throws SQLException {
    try {
      connection.setNetworkTimeout(Runnable::run, millis);
    } catch (SQLFeatureNotSupportedException e) {
      // a driver without network timeouts, such as that of a database in this process
    }
  }
}
