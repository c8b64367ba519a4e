package io.bindery.samples.server;

import com.mysql.cj.jdbc.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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
  private static Path accounts(Place place) {
    return place.folder().resolve("accounts.sql");
  }

  /**
   * How a server's program is called, whatever it is to do.
   *
   * @param program the program, in the folder {@code bin} of what was unpacked
   * @param data its data
   * @param asRoot whether it belongs to root, which it must be told
   */
  static List<String> call(Path program, Path data, boolean asRoot) {
    Path base = program.resolve("../..").normalize();
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.add("--no-defaults");
    command.add("--basedir=" + base);
    command.add("--datadir=" + data);
    command.add("--lc-messages-dir=" + base.resolve("share"));
    command.add("--character-sets-dir=" + base.resolve("share/charsets"));
    if (asRoot) {
      command.add("--user=root");
    }
    return command;
  }

  /** What a server is told that serves at a place. */
  static List<String> serving(Place place) {
    return List.of(
        "--tmpdir=" + place.folder(),
        "--socket=" + place.socket(),
        "--pid-file=" + place.folder().resolve("pid"),
        "--bind-address=127.0.0.1",
        "--port=" + place.port(),
        "--init-file=" + accounts(place),
        "--skip-name-resolve",
        "--default-time-zone=+00:00",
        // what is committed outlives a kill of the server; only a failing machine could lose it
        "--innodb-flush-log-at-trx-commit=2");
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
