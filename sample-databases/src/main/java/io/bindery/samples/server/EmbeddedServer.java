package io.bindery.samples.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A database server in a temporary folder of its own, with a port on the loopback interface, a unix
 * socket, and one account with all rights and a random password. May be used by several threads.
 */
public abstract class EmbeddedServer implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final ServerLaunch launch;
  private boolean stopped;

  /**
   * Starts a server; returns when it takes connections.
   *
   * @param data the data folder to copy
   * @param options more options of the program
   * @throws IllegalStateException when it cannot start, with the end of its log
   */
  protected EmbeddedServer(DatabaseProgram program, Path data, List<String> options) {
    this.launch = ServerLaunch.of(program, data, options);
  }

  /** The name of the account, which may connect from everywhere and has all rights. */
  public final String user() {
    return launch.user();
  }

  /** The password of the account, another one for each server; of letters and digits. */
  public final String password() {
    return launch.password();
  }

  /** The TCP port on 127.0.0.1; stays the same over a restart. */
  public final int port() {
    return launch.place().port();
  }

  /** The unix socket; stays the same over a restart. */
  public final Path socket() {
    return launch.place().socket();
  }

  /** The URL of a database by TCP, with user and password: {@code mysql://u:p@127.0.0.1:1/db}. */
  public final String url(String database) {
    return "%s://%s:%s@127.0.0.1:%d/%s"
        .formatted(launch.program().scheme(), user(), password(), port(), database);
  }

  /** The URL of a database by the unix socket, with user and password. */
  public final String socketUrl(String database) {
    return "%s://%s:%s@localhost/%s?unix_socket=%s"
        .formatted(launch.program().scheme(), user(), password(), database, socket());
  }

  /**
   * A new connection, for the caller to close. Batches of inserts are sent as one statement.
   *
   * @param database the database to use, {@code ""} for none or for one that is always there
   */
  public final Connection connect(String database) throws SQLException {
    return launch.connect(database);
  }

  /**
   * Runs statements one after another, each committed by itself.
   *
   * @param database as for {@link #connect}
   * @throws IllegalStateException when one fails, naming it
   */
  public final void execute(String database, String... statements) {
    String current = "connect";
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        current = sql;
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("'" + current + "': " + e.getMessage(), e);
    }
  }

  /**
   * The connections of clients, but for the one that asks: user, database and what each does.
   *
   * @throws IllegalStateException when the server does not say
   */
  public final List<String> connections() {
    List<String> connections = new ArrayList<>();
    try (Connection connection = connect("");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(launch.program().connectionsQuery())) {
      while (rows.next()) {
        connections.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(launch + ": cannot list its connections", e);
    }
    return connections;
  }

  /** Ends the server in an orderly way; its data, port and socket path are kept. Idempotent. */
  public final synchronized void stop() {
    if (stopped) {
      return;
    }
    launch.process().stop();
    if (!launch.process().awaitEnd(STOP_LIMIT)) {
      launch.process().kill();
      launch.process().awaitEnd(STOP_LIMIT);
    }
    stopped = true;
  }

  /** Ends the server by force, as a crash would; its data, port and socket path are kept. */
  public final synchronized void crash() {
    launch.process().kill();
    launch.process().awaitEnd(STOP_LIMIT);
    stopped = true;
  }

  /** Lets the server stand still, as a machine does that hangs: it accepts, and says nothing. */
  public final void freeze() {
    launch.process().freeze();
  }

  /** Lets a server that stands still go on. */
  public final void thaw() {
    launch.process().thaw();
  }

  /**
   * Starts the server again with the same data, port, socket, user and password; stops it first if
   * it runs.
   *
   * @throws IllegalStateException when it cannot start, with the end of its log
   */
  public final synchronized void restart() {
    stop();
    launch.start();
    stopped = false;
  }

  /**
   * Copies the data of a stopped server.
   *
   * @param to the folder to fill; made when it is missing
   * @throws IllegalStateException when the server runs
   */
  public final synchronized void copyData(Path to) {
    if (!stopped) {
      throw new IllegalStateException(launch + ": cannot copy the data of a running server");
    }
    try {
      CacheFolder.copy(launch.place().data(), to);
    } catch (IOException e) {
      throw new UncheckedIOException(launch + ": cannot copy its data to '" + to + "'", e);
    }
  }

  /** Ends the server and removes all its files; returns when both are gone. Idempotent. */
  @Override
  public final synchronized void close() {
    launch.process().close();
    stopped = true;
  }

  /** Name and folder, without the password. */
  @Override
  public final String toString() {
    return launch.toString();
  }
}
