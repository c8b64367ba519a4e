package io.bindery.samples.server;

import com.mysql.cj.jdbc.Driver;
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
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A started server process with its place and its account. */
record ServerLaunch(
    String name,
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
            "'%s': cannot start:\n%s".formatted(name, process.logTail(LOG_LINES)));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "'%s': not ready within %d s:\n%s"
                .formatted(name, START_LIMIT.toSeconds(), process.logTail(LOG_LINES)));
      }
      GuardedProcess.pause();
    }
  }

  Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("sslMode", "DISABLED");
    properties.setProperty("allowPublicKeyRetrieval", "true");
    properties.setProperty("rewriteBatchedStatements", "true");
    String url = "jdbc:mysql://127.0.0.1:" + place.port() + "/" + database;
    // not by DriverManager, which finds no driver from inside a framework
    @Nullable Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver does not know '" + url + "'");
    }
    return connection;
  }

  private boolean accepts() {
    if (!Files.exists(place.socket())) {
      return false;
    }
    // another server may have the port while ours fails to get it
    try (Connection connection = connect("");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT @@socket")) {
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
      DatabaseProgram.Place place =
          new DatabaseProgram.Place(
              folder,
              folder.resolve("data"),
              folder.resolve("s"),
              freePort(),
              folder.resolve("accounts.sql"),
              SetupProgram.belongsToRoot(folder));
      List<String> command = new ArrayList<>(program.command(place));
      command.addAll(options);
      // the guard comes first: from here on the folder is removed whatever happens
      GuardedProcess process =
          GuardedProcess.of(
              folder, folder.resolve("log"), Duration.ZERO, program.environment(), command);
      ServerLaunch launch = new ServerLaunch(program.name(), user, password, place, process);
      try {
        Files.write(place.accounts(), program.account(user, password));
        CacheFolder.copy(template, place.data());
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
    return name + " at " + place.folder();
  }
}
