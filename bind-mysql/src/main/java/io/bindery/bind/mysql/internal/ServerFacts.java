package io.bindery.bind.mysql.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a server tells of a connection: the same questions for MySQL and MariaDB. */
final class ServerFacts {
  private static final String WRITES =
      "PRIVILEGE_TYPE IN ('INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'ALTER')";

  private ServerFacts() {}

  static Map<String, String> of(Connection connection) throws SQLException {
    Map<String, String> facts = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      facts.put("server", server(one(statement, "SELECT VERSION()")));
      facts.put("user", one(statement, "SELECT CURRENT_USER()"));
      facts.put("access", access(statement));
      facts.put("tls", tls(statement));
    }
    return facts;
  }

  /** The driver takes every server for MySQL. */
  static String server(String version) {
    int mariadb = version.indexOf("-MariaDB");
    return mariadb < 0 ? "MySQL " + version : "MariaDB " + version.substring(0, mariadb);
  }

  private static String access(Statement statement) throws SQLException {
    if (!one(statement, "SELECT @@read_only").matches("0|OFF")) {
      return "the server only reads";
    }
    String granted =
        "SELECT (SELECT COUNT(*) FROM information_schema.USER_PRIVILEGES WHERE "
            + WRITES
            + ") + (SELECT COUNT(*) FROM information_schema.SCHEMA_PRIVILEGES WHERE "
            + WRITES
            + ") + (SELECT COUNT(*) FROM information_schema.TABLE_PRIVILEGES WHERE "
            + WRITES
            + ")";
    return one(statement, granted).equals("0") ? "the user may only read" : "the user may write";
  }

  private static String tls(Statement statement) throws SQLException {
    String version = "";
    String cipher = "";
    try (ResultSet rows =
        statement.executeQuery(
            "SHOW SESSION STATUS WHERE Variable_name IN ('Ssl_version', 'Ssl_cipher')")) {
      while (rows.next()) {
        if (rows.getString(1).equalsIgnoreCase("Ssl_cipher")) {
          cipher = rows.getString(2);
        } else {
          version = rows.getString(2);
        }
      }
    }
    return cipher.isEmpty() ? "none" : version + " " + cipher;
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }
}
