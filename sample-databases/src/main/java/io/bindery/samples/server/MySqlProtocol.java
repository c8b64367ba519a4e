package io.bindery.samples.server;

import com.mysql.cj.jdbc.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What MariaDB's and MySQL's servers have in common. */
public interface MySqlProtocol extends DatabaseProgram {
  @Override
  default String scheme() {
    return "mysql";
  }

  /** Statements, a line each, that give an account all rights whether it exists or not. */
  List<String> account(String user, String password);

  /** A file of statements to run before the first connection. */
  static Path accounts(Place place) {
    return place.folder().resolve("accounts.sql");
  }

  @Override
  default void prepare(Place place, String user, String password) throws IOException {
    Files.write(accounts(place), account(user, password));
  }

  @Override
  default Connection connect(int port, String user, String password, String database)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("sslMode", "DISABLED");
    properties.setProperty("allowPublicKeyRetrieval", "true");
    properties.setProperty("rewriteBatchedStatements", "true");
    properties.setProperty("allowLoadLocalInfile", "true");
    String url = "jdbc:mysql://127.0.0.1:" + port + "/" + database;
    // not by DriverManager, which finds no driver from inside a framework
    @Nullable Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver does not know '" + url + "'");
    }
    return connection;
  }

  @Override
  default String socketQuery() {
    return "SELECT @@socket";
  }

  @Override
  default String connectionsQuery() {
    return "SELECT CONCAT('''', user, ''' to ''', COALESCE(db, ''), ''', number ', id, ': ',"
        + " CONCAT_WS(' ', command, info))"
        + " FROM information_schema.processlist"
        + " WHERE id <> CONNECTION_ID() AND command <> 'Daemon'"
        + " AND user NOT IN ('system user', 'event_scheduler')";
  }
}
