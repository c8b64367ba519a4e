package io.bindery.bind.pool.internal;

import io.bindery.samples.server.EmbeddedServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What a server sees of the connections to it. */
final class Sessions {
  private Sessions() {}

  /** How many connections have chosen a database. */
  static int of(EmbeddedServer server, String database) {
    return count(server, "db = ?", database);
  }

  /** How many connections run a statement that is LIKE a pattern. */
  static int running(EmbeddedServer server, String pattern) {
    return count(server, "info LIKE ?", pattern);
  }

  private static int count(EmbeddedServer server, String condition, String value) {
    String sql = "SELECT COUNT(*) FROM information_schema.processlist WHERE " + condition;
    try (Connection connection = server.connect("");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
