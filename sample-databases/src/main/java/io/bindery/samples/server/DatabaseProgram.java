package io.bindery.samples.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A database server's program: where it lies, how it is started and how it is spoken to. */
public interface DatabaseProgram {
  /** Name and version, for messages: {@code mariadb-11.4.5}. */
  String name();

  /** The scheme of its databases' URLs. */
  String scheme();

  /** A data folder without accounts of people, installed once, that each new server copies. */
  Path emptyData();

  /**
   * The command that runs a server in the foreground.
   *
   * @param place where this server keeps its things
   */
  List<String> command(Place place);

  /** Variables of the program's environment; messages are looked for in the log in English. */
  default Map<String, String> environment() {
    return Map.of("LC_ALL", "C");
  }

  /** The signals that end it. */
  default GuardedProcess.Signals signals() {
    return GuardedProcess.Signals.USUAL;
  }

  /**
   * The unix socket that a server makes.
   *
   * @param folder holds all that belongs to the server
   * @param port its TCP port
   */
  default Path socket(Path folder, int port) {
    return folder.resolve("s");
  }

  /**
   * Makes a server ready to be started: it will know an account that has all rights.
   *
   * @param place where the data has been copied to
   */
  void prepare(Place place, String user, String password) throws IOException;

  /**
   * A new connection by TCP.
   *
   * @param port of a server on 127.0.0.1
   * @param database the database to use, {@code ""} for none or for one that is always there
   */
  Connection connect(int port, String user, String password, String database) throws SQLException;

  /** A query that gives the path of the server's unix socket. */
  String socketQuery();

  /** A query that gives a line of text for each connection of a client, but for its own. */
  String connectionsQuery();

  /**
   * What belongs to one server.
   *
   * @param folder holds all the rest and is removed at the end
   * @param data the data folder
   * @param socket the unix socket
   * @param port the TCP port on 127.0.0.1
   * @param asRoot whether this JVM runs as root, which servers refuse unless told
   */
  record Place(Path folder, Path data, Path socket, int port, boolean asRoot) {}
}
