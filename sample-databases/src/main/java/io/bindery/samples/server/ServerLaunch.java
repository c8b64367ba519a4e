package io.bindery.samples.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A started server process with its place and its account. */
record ServerLaunch(
    DatabaseProgram program,
    String user,
    String password,
    DatabaseProgram.Place place,
    GuardedProcess process) {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final int PORT_ATTEMPTS = 5;
  private static final int LOG_LINES = 30;

  /** Longer paths of sockets may not fit into the system's address of 108 bytes. */
  private static final int SOCKET_PATH_LIMIT = 100;

  /** A server that takes connections, on a port that nobody else had. */
  static ServerLaunch of(DatabaseProgram program, Path template, List<String> options) {
    IllegalStateException taken = null;
    for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
      ServerLaunch launch = prepare(program, template, options);
      try {
        launch.start();
        return launch;
      } catch (IllegalStateException e) {
        launch.process.close();
        // between our look for a free port and the server's use of it somebody else took it
        if (!String.valueOf(e.getMessage()).contains("Address already in use")) {
          throw e;
        }
        taken = e;
      }
    }
    throw new IllegalStateException(
        "'" + program.name() + "': no free port in " + PORT_ATTEMPTS + " attempts", taken);
  }

  /** Starts the process and waits until it takes connections. */
  void start() {
    process.start();
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!accepts()) {
      if (!process.running()) {
        throw new IllegalStateException(
            "'%s': cannot start:\n%s".formatted(program.name(), process.logTail(LOG_LINES)));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "'%s': not ready within %d s:\n%s"
                .formatted(program.name(), START_LIMIT.toSeconds(), process.logTail(LOG_LINES)));
      }
      GuardedProcess.pause();
    }
  }

  Connection connect(String database) throws SQLException {
    return program.connect(place.port(), user, password, database);
  }

  private boolean accepts() {
    if (!Files.exists(place.socket())) {
      return false;
    }
    // another server may have the port while ours fails to get it
    try (Connection connection = connect("");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(program.socketQuery())) {
      return rows.next() && place.socket().toString().equals(rows.getString(1));
    } catch (SQLException e) {
      return false;
    }
  }

  private static ServerLaunch prepare(
      DatabaseProgram program, Path template, List<String> options) {
    String user = "bindery";
    String password = "pw" + HexFormat.of().formatHex(randomBytes());
    try {
      Path folder = temporaryFolder();
      int port = freePort();
      DatabaseProgram.Place place =
          new DatabaseProgram.Place(
              folder,
              folder.resolve("data"),
              program.socket(folder, port),
              port,
              SetupProgram.belongsToRoot(folder));
      List<String> command = new ArrayList<>(program.command(place));
      command.addAll(options);
      // the guard comes first: from here on the folder is removed whatever happens
      GuardedProcess process =
          GuardedProcess.of(
              folder,
              folder.resolve("log"),
              Duration.ZERO,
              program.signals(),
              program.environment(),
              command);
      ServerLaunch launch = new ServerLaunch(program, user, password, place, process);
      try {
        CacheFolder.copy(template, place.data());
        program.prepare(place, user, password);
      } catch (IOException e) {
        process.close();
        throw e;
      }
      return launch;
    } catch (IOException e) {
      throw new UncheckedIOException("'" + program.name() + "': cannot make its folder", e);
    }
  }

  private static Path temporaryFolder() throws IOException {
    Path usual = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    int length = usual.toString().getBytes(StandardCharsets.UTF_8).length;
    // the folder's own name and the socket's take 30 bytes more
    Path parent = length + 30 > SOCKET_PATH_LIMIT ? Path.of("/tmp") : usual;
    return Files.createTempDirectory(parent, "bindery-");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[10];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return program.name() + " at " + place.folder();
  }
}
