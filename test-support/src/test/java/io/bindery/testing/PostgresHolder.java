package io.bindery.testing;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A program for tests to kill: its server is at work, and it never ends by itself. */
final class PostgresHolder {
  private PostgresHolder() {}

  public static void main(String[] args) throws IOException, SQLException {
    PostgresServer server = PostgresServer.start();
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
      rows.next();
      System.out.println(rows.getLong(1));
      System.out.println(server.socket().getParent());
      statement.execute("SELECT count(*) FROM generate_series(1, 1000000000000)");
    }
  }
}
