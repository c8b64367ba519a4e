package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.HostJvm;
import io.bindery.testing.PackedHost;
import io.bindery.testing.ShellSession;
import io.bindery.testing.Soak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bind under load, while everything about it and around it changes. */
class NeverLetsGoIT {
  private static final Pattern REPORT =
      Pattern.compile(
          "calls=(\\d+) failures=(\\d+) activations=(\\d+) generations=\\[([\\d, ]*)] first=(.*)");
  private static final int THREADS = 16;

  @TempDir private Path folder;

  @Test
  void noCallFailsWhileItsBindAndOtherBindsAndTheirServersChange() throws Exception {
    int changes = Soak.rounds(20);
    long end = System.nanoTime() + Duration.ofSeconds(Soak.rounds(120)).toNanos();
    try (MariaDbServer server = MariaDbServer.start();
        MariaDbServer other = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"))) {
      items(server, "items_a");
      items(server, "items_b");
      Company.customers(other, "crm", "ada@example.com");
      host.drop("bindery.bind-beside.cfg", "url = " + other.url("crm"), "label.role = crm");
      host.drop("bindery.bind-mem.cfg", "url = h2://mem/stock");
      host.deploy("h2.jar", TypeBundle.h2Driver());
      host.drop("bindery.aggregate-beside.cfg", "union = customers");
      host.drop("bindery.aggregate-all_items.cfg", "union = items", "order = id");
      HostJvm.Live before;
      List<String> threads;

      try (ShellSession shell = new ShellSession(host.home())) {
        useDriver(host, shell);
        host.deploy("h2-type.jar", TypeBundle.h2(folder));
        awaitAnswer(shell, "bind:sql mem 'SELECT 40 + 2 AS answer' --format csv", "42");
        awaitAnswer(shell, "aggregate:run beside --format csv", "beside,1,Customer 1");
        before = host.jvm().live();
        Main main = new Main(host, shell, server);
        main.write();
        host.deploy("load.jar", LoadBundle.build(folder));
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> shell.ask("load:begin " + THREADS).contains("threads"));
        threads = host.jvm().threads();

        var around = CompletableFuture.supplyAsync(() -> around(host, other, changes, end));
        int rounds = 0;
        while (rounds < changes || System.nanoTime() - end < 0) {
          rounds++;
          main.size(10 + rounds % 7);
          main.label("round-" + rounds);
          main.password("Pass-word-" + rounds);
          main.database(rounds % 2 == 0 ? "items_a" : "items_b");
        }
        int roundsAround = around.join();

        String report = shell.ask("load:end");
        System.out.println(
            "changes of its bind: 4 times %d; around: 4 times %d; %s"
                .formatted(rounds, roundsAround, report));
        Matcher said = REPORT.matcher(report);
        assertThat(said.find()).isTrue();
        assertThat(said.group(5)).as("the first failure").isEqualTo("null");
        assertThat(said.group(2)).isEqualTo("0");
        assertThat(said.group(3)).as("the load's component is never bounced").isEqualTo("1");
        assertThat(Long.parseLong(said.group(1))).isGreaterThan(200L * changes);
        assertThat(said.group(4).split(", "))
            .as("the generations that served")
            .containsExactly(
                IntStream.rangeClosed(1, main.generation)
                    .mapToObj(Integer::toString)
                    .toArray(String[]::new));
      }

      Files.delete(host.home().resolve("deploy/load.jar"));
      host.delete("bindery.bind-main.cfg");
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(
              () -> {
                assertThat(users(server, "app")).isZero();
                assertThat(host.jvm().threads())
                    .hasSizeLessThanOrEqualTo(threads.size() - THREADS)
                    .noneMatch(name -> name.matches("load-.*|bindery-bind-pool.*|HikariPool.*"));
                assertThat(host.jvm().live().bundleLoaders())
                    .isLessThanOrEqualTo(before.bundleLoaders());
              });
    }
  }

  /**
   * H2 keeps errors in statics whose stack traces hold the class loaders of its first caller: that
   * is to be no type that will be replaced.
   */
  private static void useDriver(PackedHost host, ShellSession shell) throws IOException {
    host.drop("bindery.bind-plain.cfg", "url = jdbc:h2:mem:plain");
    awaitAnswer(shell, "bind:sql plain 'SELECT 6 * 7 AS answer' --format csv", "42");
    host.delete("bindery.bind-plain.cfg");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !shell.ask("bind:list --format json").contains("\"plain\""));
  }

  /** Drops and deletes other binds, restarts the database of one, and updates another type. */
  private int around(PackedHost host, MariaDbServer other, int changes, long end) {
    int round = 0;
    try (ShellSession shell = new ShellSession(host.home())) {
      Path type = TypeBundle.h2(folder);
      while (round < changes || System.nanoTime() - end < 0) {
        round++;
        String key = "extra-" + round;
        host.drop("bindery.bind-" + key + ".cfg", "url = " + other.url("crm"), "label.role = crm");
        awaitAnswer(shell, "aggregate:run beside --format csv", key + ",1,Customer 1");
        other.restart();
        awaitAnswer(shell, "aggregate:run beside --format csv", key + ",1,Customer 1");
        String version = "1." + round + ".0";
        host.deploy("h2-type.jar", TypeBundle.inVersion(version, type, folder));
        awaitAnswer(shell, "bind:types", "demo.h2 " + version);
        awaitAnswer(shell, "bind:sql mem 'SELECT 40 + 2 AS answer' --format csv", "42");
        host.delete("bindery.bind-" + key + ".cfg");
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> !shell.ask("bind:list --format json").contains("\"" + key + "\""));
      }
      return round;
    } catch (Exception e) {
      throw new IllegalStateException("round " + round + " around the load", e);
    }
  }

  private static void awaitAnswer(ShellSession shell, String line, String wanted) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(shell.ask(line)).contains(wanted));
  }

  /** The bind under load: its file, and what it must look like after each change. */
  private static final class Main {
    private final PackedHost host;
    private final MariaDbServer server;
    private final Map<String, String> settings = new TreeMap<>();
    private final ShellSession shell;
    private int generation = 1;

    Main(PackedHost host, ShellSession shell, MariaDbServer server) {
      this.host = host;
      this.shell = shell;
      this.server = server;
      server.execute(
          "", "CREATE USER 'app'@'%' IDENTIFIED BY 'Pass-word-0'", "GRANT ALL ON *.* TO 'app'@'%'");
      settings.putAll(
          Map.of(
              "type", "mysql",
              "host", "127.0.0.1",
              "port", Integer.toString(server.port()),
              "user", "app",
              ".password", "Pass-word-0",
              "database", "items_a",
              "drain.timeout", "20000"));
    }

    void write() throws Exception {
      List<String> lines = new ArrayList<>();
      settings.forEach((key, value) -> lines.add(key + " = " + value));
      host.drop("bindery.bind-main.cfg", lines.toArray(String[]::new));
    }

    void size(int size) throws Exception {
      settings.put("pool.maximumPoolSize", Integer.toString(size));
      write();
      awaitShown("\"max\":" + size);
    }

    void label(String round) throws Exception {
      settings.put("label.round", round);
      write();
      awaitShown("\"round\":\"" + round + "\"");
    }

    /** The server takes both passwords while the change is under way, as operators rotate them. */
    void password(String next) throws Exception {
      String old = settings.put(".password", next);
      server.execute("", identified(old, next));
      write();
      awaitNextGeneration();
      server.execute("", identified(next));
    }

    private static String identified(String... passwords) {
      List<String> ways = new ArrayList<>();
      for (String password : passwords) {
        ways.add("mysql_native_password USING PASSWORD('" + password + "')");
      }
      return "ALTER USER 'app'@'%' IDENTIFIED VIA " + String.join(" OR ", ways);
    }

    void database(String name) throws Exception {
      settings.put("database", name);
      write();
      awaitShown("/" + name + "\"");
      awaitNextGeneration();
    }

    private void awaitNextGeneration() {
      generation++;
      awaitShown("\"generation\":" + generation + ",");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                Matcher report = REPORT.matcher(shell.ask("load:report"));
                return report.find()
                    && (report.group(4).endsWith(" " + generation) || report.group(2).length() > 1);
              });
    }

    private void awaitShown(String wanted) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  Pattern.compile("\\{\"key\":\"main\".*?}(?=,\\{\"key\"|])", Pattern.DOTALL)
                      .matcher(shell.ask("bind:list --format json"))
                      .results()
                      .anyMatch(main -> main.group().contains(wanted)));
    }
  }

  private static void items(MariaDbServer server, String database) {
    server.execute(
        "",
        "CREATE DATABASE " + database + " CHARACTER SET utf8mb4",
        "USE " + database,
        "CREATE TABLE items (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL)",
        "INSERT INTO items SELECT seq, CONCAT('item-', seq) FROM seq_0_to_"
            + (LoadBundle.ITEMS - 1));
  }

  private static long users(MariaDbServer server, String user) throws Exception {
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE user = '"
                    + user
                    + "'")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
