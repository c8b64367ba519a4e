package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import io.bindery.testing.PackedHost.Result;
import io.bindery.testing.SecretCheck;
import io.bindery.testing.ShellSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with one bind of a running host: hold it, take it back, try it, rotate. */
class BindLifeIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String FIRST = "First-pass-0";

  private MariaDbServer server;
  private PackedHost host;
  private Path secrets;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server = MariaDbServer.start();
    Company.customers(server, "crm", "ada@example.com");
    server.execute("", "CREATE USER app IDENTIFIED BY '" + FIRST + "'", "GRANT ALL ON *.* TO app");
    secrets = Files.createDirectory(folder.resolve("secrets"));
    secret("crm", FIRST);
    host = PackedHost.start(folder.resolve("home"), Map.of(), "--secrets", secrets.toString());
    host.drop(
        "bindery.bind-crm.cfg",
        "url = " + url(),
        "label.role = crm",
        "pool.maximumPoolSize = 4",
        "drain.timeout = 60000");
    host.drop("bindery.aggregate-all.cfg", "union = customers");
    await().atMost(LIMIT).until(() -> host.exec("aggregate:run", "all").exit() == 0);
  }

  @AfterEach
  void stop() {
    host.close();
    server.close();
  }

  @Test
  void aSuspendedBindRefusesCallsAtOnceLetsItsWorkEndAndIsTakenBack() throws Exception {
    CompletableFuture<Result> inFlight;
    CompletableFuture<Result> suspended;
    try (Connection gate = server.connect("crm");
        Statement statement = gate.createStatement()) {
      statement.execute("LOCK TABLES customers WRITE");
      inFlight = run("bind:sql", "crm", "SELECT email FROM customers", "--format", "csv");
      await()
          .atMost(LIMIT)
          .until(() -> server.connections().toString().contains("SELECT email FROM customers"));
      suspended = run("bind:suspend", "crm");
      await().atMost(LIMIT).until(() -> BindListing.of(host).life("crm").startsWith("suspended"));

      String remedy = "bind 'crm': suspended: an operator holds it; bind:resume crm takes it back";
      for (String[] call :
          List.of(
              new String[] {"aggregate:run", "all"},
              new String[] {"bind:sql", "crm", "SELECT 1"},
              new String[] {"model:call", "CustomerMapper.count"})) {
        Result refused = host.exec(call);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains(remedy);
      }
      assertThat(host.ask("bind:why", "crm")).contains("bind:resume crm takes it back");
      // the calls were over while this still waits for the work in flight
      assertThat(suspended).isNotDone();
      assertThat(inFlight).isNotDone();
    }
    assertThat(inFlight.join()).isEqualTo(new Result(0, "email\nada@example.com\n", ""));
    assertThat(suspended.join().out())
        .startsWith("bind 'crm': suspended, its work has ended and its connections are closed (");
    // the server may take a moment to forget a connection that was closed
    await().atMost(LIMIT).until(() -> connectionIds().isEmpty());
    assertThat(host.ask("bind:suspend", "crm")).isEqualTo("bind 'crm': suspended already\n");

    assertThat(host.ask("bind:resume", "crm")).isEqualTo("bind 'crm': up (mysql, generation 2)\n");
    assertThat(host.ask("aggregate:run", "all")).contains("ada@example.com");
    assertThat(host.ask("bind:resume", "crm"))
        .isEqualTo("bind 'crm': not suspended, nothing to do\n");
  }

  @Test
  void aTrialTellsWhichStepFailsAndChangesNothing() throws Exception {
    secret("wrong", "Wrong-pass-9");
    Set<Long> before = poolOf(1);
    assertThat(host.ask("bind:test", "crm"))
        .containsPattern("settings +ok")
        .containsPattern("type +ok .*mysql")
        .containsPattern("login +ok")
        .containsPattern("query +ok")
        .containsPattern("user +app@%");
    assertThat(host.ask("bind:test", url(), "--format", "json"))
        .startsWith("{\"passed\":true,\"steps\":[");

    failsAt("login", "Access denied for user 'app'", "crm", ".password=$[secret:wrong]");
    failsAt("login", "Access denied for user 'app'", url().replace("secret:crm", "secret:wrong"));
    failsAt("database", "'none'", "crm", "database=none");
    failsAt("connect", "Connection refused", "mysql://app@127.0.0.1:1/crm");
    failsAt(
        "settings", "$[secret:absent] cannot be resolved", "mysql://app:$[secret:absent]@h/crm");
    Result unknown = host.exec("bind:test", "crn");
    assertThat(unknown.err())
        .isEqualTo("bindery: bind 'crn': not configured; did you mean 'crm'?\n");

    assertThat(BindListing.of(host).life("crm")).isEqualTo("up 1");
    await().atMost(LIMIT).until(() -> connectionIds().equals(before));
    assertThat(host.home().resolve("etc").toFile().list())
        .filteredOn(name -> name.startsWith("bindery.bind-"))
        .containsExactly("bindery.bind-crm.cfg");
  }

  private void failsAt(String step, String why, String... words) throws Exception {
    String[] command = new String[words.length + 1];
    command[0] = "bind:test";
    System.arraycopy(words, 0, command, 1, words.length);
    Result result = host.exec(command);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).containsPattern(step + " +failed");
    assertThat(result.err()).contains("the trial failed at '" + step + "': ", why);
    new SecretCheck(FIRST, "Wrong-pass-9").checkText("bind:test", result.out() + result.err());
  }

  @Test
  void aSecretIsReplacedUnderLoadWithoutAFailedCallAndAWrongOneIsRejected(@TempDir Path work)
      throws Exception {
    host.deploy("callers.jar", TypeBundle.callers(work));
    try (ShellSession shell = new ShellSession(host.home())) {
      CallerGroup callers = CallerGroup.begin(shell, "app", "crm", 8, 5_000, "SELECT SLEEP(0.05)");
      Set<Long> before = poolOf(4);
      String password = FIRST;
      for (int round = 1; round <= 3; round++) {
        String refused = password;
        password = "Other-pass-" + round;
        server.execute("", "ALTER USER app IDENTIFIED BY '" + password + "'");
        assertThat(letsIn(refused)).isFalse();
        secret("crm", password);
        awaitLife("up " + (1 + round));
        callers.awaitCalls();
        await().atMost(LIMIT).until(() -> connectionIds().equals(before));
      }

      secret("crm", "Wrong-pass-9");
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(rejected()).contains("refuses the login"));
      callers.awaitCalls();
      assertThat(BindListing.of(host).life("crm")).isEqualTo("up 4");
      assertThat(connectionIds()).containsAll(before);

      secret("crm", password);
      await().atMost(LIMIT).until(() -> rejected().isEmpty());
      host.ask("bind:set", "crm", "pool.maximumPoolSize=6");
      await().atMost(LIMIT).until(() -> connectionIds().size() == 6);
      assertThat(connectionIds()).containsAll(before);
      assertThat(callers.failures()).isEqualTo(CallerGroup.NONE);
    }
    SecretCheck check =
        new SecretCheck(FIRST, "Other-pass-1", "Other-pass-2", "Other-pass-3", "Wrong-pass-9");
    check.checkText("what the host printed", host.stop());
    check.checkFiles(host.home());
  }

  private String url() {
    return "mysql://app:$[secret:crm]@127.0.0.1:%d/crm".formatted(server.port());
  }

  /** Replaces a secret as Kubernetes and credential managers do, whole and at once. */
  private void secret(String name, String value) throws IOException {
    Path next = Files.writeString(secrets.resolve("." + name), value + "\n");
    Files.move(next, secrets.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private boolean letsIn(String password) {
    String url = "jdbc:mysql://127.0.0.1:" + server.port() + "/crm";
    try (Connection connection = DriverManager.getConnection(url, "app", password)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private void awaitLife(String wanted) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(BindListing.of(host).life("crm")).isEqualTo(wanted));
  }

  private String rejected() throws IOException, InterruptedException {
    BindListing.Row row = BindListing.of(host).binds().get("crm");
    return row == null || row.rejected() == null ? "" : row.rejected();
  }

  private CompletableFuture<Result> run(String... words) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return host.exec(words);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** The connections of the bind's pool, when it has so many and nothing else of it is left. */
  private Set<Long> poolOf(int size) {
    Pattern pool = Pattern.compile("\"active\":(\\d+),\"idle\":(\\d+)");
    return await()
        .atMost(LIMIT)
        .until(
            () -> {
              Set<Long> ids = connectionIds();
              Matcher counted = pool.matcher(host.ask("bind:list", "--format", "json"));
              boolean all =
                  counted.find()
                      && Integer.parseInt(counted.group(1)) + Integer.parseInt(counted.group(2))
                          == size;
              return all && ids.size() == size ? Optional.of(ids) : Optional.<Set<Long>>empty();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /** The server's own numbers of the bind's connections. */
  private Set<Long> connectionIds() throws SQLException {
    Set<Long> ids = new TreeSet<>();
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id FROM information_schema.processlist WHERE user = 'app'")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }
}
