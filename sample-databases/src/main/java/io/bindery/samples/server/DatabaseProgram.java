package io.bindery.samples.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A database server's program: where it lies and how it is started. */
public interface DatabaseProgram {
  /** Name and version, for messages: {@code mariadb-11.4.5}. */
  String name();

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

  /** Statements, a line each, that give an account all rights whether it exists or not. */
  List<String> account(String user, String password);

  /**
   * What belongs to one server.
   *
   * @param folder holds all the rest and is removed at the end
   * @param data the data folder
   * @param socket the unix socket
   * @param port the TCP port on 127.0.0.1
   * @param accounts a file of statements to run before the first connection
   * @param asRoot whether this JVM runs as root, which servers refuse unless told
   */
  record Place(Path folder, Path data, Path socket, int port, Path accounts, boolean asRoot) {}
}
