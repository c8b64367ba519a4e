package io.bindery.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What servers count of the statements that clients send them, whoever sends them. */
final class StatementMeter implements AutoCloseable {
  private final List<Connection> servers = new ArrayList<>();

  /** Connects once to each server of some databases. */
  StatementMeter(List<Place> places) throws SQLException {
    Set<String> known = new HashSet<>();
    for (Place place : places) {
      Connection connection = Databases.connect(place);
      if (known.add(text(connection, "SELECT CONCAT(@@hostname, ' ', @@port)", 1))) {
        servers.add(connection);
      } else {
        connection.close();
      }
    }
  }

  /** How many there were between two looks, of which the second costs one on each server. */
  long between(long first, long second) {
    return second - first - servers.size();
  }

  /** How many there have been. */
  long count() throws SQLException {
    long sum = 0;
    for (Connection server : servers) {
      sum += Long.parseLong(text(server, "SHOW GLOBAL STATUS LIKE 'Questions'", 2));
    }
    return sum;
  }

  private static String text(Connection connection, String sql, int column) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(column);
    }
  }

  @Override
  public void close() throws SQLException {
    for (Connection server : servers) {
      server.close();
    }
  }
}
