package io.bindery.bind.pool.internal.life;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What came of one connection made beside the pool.
 *
 * @param server the server's version when it answered
 * @param outage why it did not, or null
 */
record Probe(String server, @Nullable Outage outage) {

  /**
   * Opens a connection and closes it.
   *
   * @param source opens connections
   * @param initSql a statement that each connection begins with, or null
   * @param words puts a failure into words
   */
  static Probe of(DataSource source, @Nullable String initSql, ConnectFailure words) {
    long start = System.nanoTime();
    try (Connection connection = source.getConnection()) {
      if (initSql != null) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(initSql);
        }
      }
      DatabaseMetaData about = connection.getMetaData();
      return new Probe(about.getDatabaseProductVersion(), null);
    } catch (SQLException | RuntimeException | LinkageError e) {
      return new Probe("", words.outage(e, start));
    }
  }
}
