package io.bindery.itests.plans;

import static org.awaitility.Awaitility.await;

import io.bindery.itests.ModelJar;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import io.bindery.testing.ShellSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A host whose binds are the databases of some worlds, with all that is asked of it in its files.
 */
final class PlansHome implements AutoCloseable {
  private final PackedHost host;
  private final ShellSession session;

  private PlansHome(PackedHost host, ShellSession session) {
    this.host = host;
    this.session = session;
  }

  /**
   * Fills databases and a home, and starts its host.
   *
   * @param servers where the binds' databases are made, one here, one there
   * @param whole a connection to the server that holds all of them together
   */
  static PlansHome start(
      Path folder,
      List<World> worlds,
      List<Plan> plans,
      List<MariaDbServer> servers,
      Connection whole)
      throws Exception {
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("etc"));
    Files.createDirectories(home.resolve("deploy"));
    Map<String, String> model = new LinkedHashMap<>();
    List<List<String>> ddl = new ArrayList<>();
    servers.forEach(server -> ddl.add(new ArrayList<>()));
    int number = 0;
    for (World world : worlds) {
      world.model(model);
      for (String schema : world.schemas) {
        int at = number++ % servers.size();
        List<String> statements = world.ddl(schema);
        ddl.get(at).addAll(statements);
        execute(whole, statements);
        // the servers' clocks are in unlike zones, which the driver must ask for
        write(
            home.resolve("etc/bindery.bind-" + schema + ".cfg"),
            "url = " + servers.get(at).url(schema),
            "driver.connectionTimeZone = SERVER",
            "pool.connectionTimeout = 60000",
            "pool.validationTimeout = 50000",
            "label.world = " + world.name);
      }
    }
    for (int i = 0; i < servers.size(); i++) {
      try (Connection connection = servers.get(i).connect("")) {
        execute(connection, List.of("SET time_zone = '+00:00'"));
        execute(connection, ddl.get(i));
      }
    }
    Files.copy(
        ModelJar.build(folder, "demo.plans", "1.0.0", model), home.resolve("deploy/plans.jar"));
    for (Plan plan : plans) {
      for (var aggregate : plan.aggregates().entrySet()) {
        write(
            home.resolve("etc/bindery.aggregate-" + aggregate.getKey() + ".cfg"),
            aggregate.getValue().entrySet().stream()
                .map(line -> line.getKey() + " = " + line.getValue())
                .toArray(String[]::new));
      }
    }
    PackedHost host = PackedHost.start(home);
    PlansHome plansHome = new PlansHome(host, new ShellSession(home));
    int binds = number;
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> plansHome.ask("bind:list --format json").split("\"up\"", -1).length > binds);
    return plansHome;
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void write(Path file, String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines), StandardCharsets.UTF_8);
  }

  /** A connection to a server that compares as the translations of plans want it. */
  static Connection whole(MariaDbServer server) throws SQLException {
    Connection connection = server.connect("");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET time_zone = '+00:00', div_precision_increment = 30, NAMES utf8mb4 COLLATE"
              + " utf8mb4_nopad_bin");
    }
    return connection;
  }

  /** Puts a further bundle into the host. */
  void deploy(String name, Path jar) throws IOException {
    host.deploy(name, jar);
  }

  /** What the host prints for a line of its shell. */
  String ask(String line) throws IOException, InterruptedException {
    return session.ask(line);
  }

  @Override
  public void close() throws IOException {
    session.close();
    host.close();
  }
}
