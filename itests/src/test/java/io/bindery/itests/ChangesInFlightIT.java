package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.HostJvm;
import io.bindery.testing.PackedHost;
import io.bindery.testing.ShellSession;
import io.bindery.testing.Soak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Binds, models and definitions come, change and go while runs are in flight. */
class ChangesInFlightIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int THREADS = 8;
  private static final Pattern REPORT =
      Pattern.compile("runs=(\\d+) refused=(\\d+) wrong=(\\d+) first=(.*) refusals=(.*)");

  @TempDir private Path folder;

  private MariaDbServer server;
  private PackedHost host;
  private ShellSession shell;
  private int mark;
  private int definition;
  private int model;

  @BeforeEach
  void start() throws Exception {
    server = MariaDbServer.start();
    host = PackedHost.start(folder.resolve("home"));
    shell = new ShellSession(host.home());
    bind("a");
    bind("b");
    define();
    host.drop("bindery.aggregate-whole.cfg", "union = items");
    host.drop("bindery.aggregate-endless.cfg", "union = endless@(bind.key=a)");
    host.deploy("flight.jar", FlightBundle.build(folder));
    deploy();
    awaitAnswer("aggregate:run flown --format csv --limit 1", "definition");
    awaitAnswer("aggregate:run whole --format csv --limit 1", "model");
  }

  @AfterEach
  void stop() throws Exception {
    shell.close();
    host.close();
    server.close();
  }

  /** Gives a bind another database, whose rows have a mark of their own. */
  private void bind(String key, String... lines) throws Exception {
    mark++;
    String database = "items_" + mark;
    server.execute(
        "",
        "CREATE DATABASE " + database,
        "USE " + database,
        "CREATE TABLE items (id INT PRIMARY KEY, mark INT NOT NULL)",
        "INSERT INTO items SELECT seq, %d FROM seq_1_to_%d".formatted(mark, FlightBundle.ROWS));
    host.drop(
        "bindery.bind-" + key + ".cfg",
        "url = " + server.url(database),
        "label.role = flight",
        String.join("\n", lines));
  }

  private void define() throws Exception {
    definition++;
    host.drop(
        "bindery.aggregate-flown.cfg",
        "union = items",
        "select = bind_key, id, mark, model, %d as definition".formatted(definition));
  }

  private void deploy() throws Exception {
    model++;
    host.deploy("items.jar", FlightBundle.model(folder, model));
  }

  private void awaitAnswer(String line, String wanted) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(shell.ask(line)).contains(wanted));
  }

  private void awaitRuns(String wanted) {
    for (String name : List.of("flown", "whole")) {
      awaitAnswer("flight:recent " + name, wanted);
    }
  }

  @Test
  void eachRunEndsOnTheSnapshotThatItBeganWith() throws Exception {
    HostJvm.Live before = host.jvm().live();
    awaitAnswer("flight:begin " + THREADS, THREADS + " threads");
    awaitRuns("model=1");
    int rounds = Soak.rounds(20);
    for (int round = 0; round < rounds; round++) {
      bind("come");
      awaitRuns("bind come=" + mark);
      bind("a");
      awaitRuns("bind a=" + mark);
      deploy(); // other SQL
      awaitRuns("model=" + model);
      define();
      awaitAnswer("flight:recent flown", "definition=" + definition);
      deploy(); // a column more
      awaitRuns("model=" + model);
      host.delete("bindery.aggregate-flown.cfg");
      awaitAnswer("flight:report", "unknown aggregate 'flown'");
      define();
      awaitAnswer("flight:recent flown", "definition=" + definition);
      deploy(); // a column less
      awaitRuns("model=" + model);
      host.delete("bindery.bind-come.cfg");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  !shell.ask("flight:recent flown").contains("bind come=")
                      && !shell.ask("flight:recent whole").contains("bind come="));
    }
    await()
        .atMost(PATIENCE)
        .until(() -> number(1, shell.ask("flight:report")) >= 200L * rounds / 2);

    String report = shell.ask("flight:end");
    System.out.println("rounds of changes: %d; %s".formatted(rounds, report));
    assertThat(number(3, report)).as(report).isZero();
    host.delete("bindery.bind-a.cfg");
    host.delete("bindery.bind-b.cfg");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(server.connections()).as("connections").isEmpty();
              assertThat(busy()).as("threads").isEmpty();
              assertThat(host.jvm().live().bundleLoaders())
                  .isLessThanOrEqualTo(before.bundleLoaders());
            });
  }

  @Test
  void aRunThatOutlivesTheDrainOfItsBindOrModelSaysWhatChanged() throws Exception {
    host.drop("bindery.models.cfg", "drain.timeout = 200");
    bind("a", "drain.timeout = 200");
    awaitAnswer("bind:show a", "items_" + mark);
    awaitAnswer("flight:hold endless", "standing");
    bind("a", "drain.timeout = 200");
    awaitAnswer("bind:show a", "items_" + mark);
    awaitNoStatement();
    assertThat(shell.ask("flight:release"))
        .contains(late("replaced or removed and its drain.timeout (200 ms) passed"));

    awaitAnswer("flight:hold endless", "standing");
    host.delete("bindery.bind-a.cfg");
    awaitNoStatement();
    assertThat(shell.ask("flight:release"))
        .contains(late("replaced or removed and its drain.timeout (200 ms) passed"));

    bind("a");
    awaitAnswer("aggregate:run endless --format csv --limit 1", "a,1,");
    awaitAnswer("flight:hold endless", "standing");
    deploy();
    awaitAnswer("aggregate:run whole --format csv --limit 1", "," + model + "\n");
    assertThat(shell.ask("flight:release"))
        .contains("failed: source 'endless' on bind 'a': stopped, as its model was replaced");
  }

  private static String[] late(String what) {
    return new String[] {"failed: bind 'a': source 'endless' was stopped, as generation ", what};
  }

  private void awaitNoStatement() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                server.connections().stream().noneMatch(connection -> connection.contains("seq")));
  }

  /** Threads that runs have left: those of the aggregator that wait for work are none. */
  private List<String> busy() {
    return Pattern.compile("\n\n")
        .splitAsStream(host.jvm().jcmd("Thread.print"))
        .filter(thread -> thread.matches("(?s)\"(flight-|HikariPool|bindery-aggregator-\\d).*"))
        .filter(thread -> !thread.contains("ThreadPoolExecutor.getTask"))
        .toList();
  }

  private static long number(int group, String report) {
    Matcher said = REPORT.matcher(report);
    assertThat(said.find()).as(report).isTrue();
    return Long.parseLong(said.group(group));
  }
}
