package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.Distribution;
import io.bindery.testing.FaultyProxy;
import io.bindery.testing.PackedHost;
import io.bindery.testing.ShellSession;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever ends a run, in whatever phase: how soon the caller is free, and the database has nothing
 * of it left to do. The bounds are for a loaded machine; the measured times are printed.
 */
@Tag("alone")
class StoppingIT {
  private static final Duration ALLOWED = Duration.ofSeconds(2);

  @TempDir private static Path folder;
  private static MariaDbServer server;
  private static FaultyProxy proxy;
  private static PackedHost host;
  private static ShellSession shell;
  private static StoppingTable table;

  @BeforeAll
  static void start() throws Exception {
    server = MariaDbServer.start();
    server.execute("", "CREATE DATABASE slow");
    proxy = FaultyProxy.to(server.port());
    host = PackedHost.start(folder.resolve("home"));
    host.deploy("slow.jar", SlowModel.build(folder, "1.0.0", "a"));
    bind("direct", server.url("slow"), "pool.maximumPoolSize = 1");
    bind("proxied", proxy.through(server.url("slow")), "pool.connectionTimeout = 2000");
    host.deploy("flight.jar", FlightBundle.build(folder));
    for (String source : new String[] {"sleeping", "endless", "stalling"}) {
      aggregate(source, source + "@(bind.key=direct)");
      aggregate("proxied_" + source, source + "@(bind.key=proxied)");
    }
    shell = new ShellSession(host.home());
    table = new StoppingTable(server, "slow");
    awaitUp("direct");
    awaitUp("proxied");
    await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> shell.ask("aggregate:list").contains("proxied_stalling"));
  }

  @AfterAll
  static void stop() throws Exception {
    table.print();
    table.close();
    shell.close();
    host.close();
    proxy.close();
    server.close();
  }

  private static void bind(String key, String url, String... lines) throws Exception {
    host.drop(
        "bindery.bind-" + key + ".cfg",
        "url = " + url,
        "label.role = slow",
        String.join("\n", lines));
  }

  private static void aggregate(String name, String union) throws Exception {
    host.drop("bindery.aggregate-" + name + ".cfg", "union = " + union);
  }

  private static void awaitUp(String key) {
    await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> shell.ask("bind:list --format json").contains("\"key\":\"" + key + "\""));
    await()
        .atMost(Duration.ofSeconds(120))
        .until(
            () ->
                shell.ask("bind:show " + key).lines().anyMatch(line -> line.matches("state +up")));
  }

  /** A client of its own, whose command has come to a phase. */
  private static Process client(String phase) throws Exception {
    return begun(phase, Distribution.command().toString(), "--home", host.home().toString());
  }

  private static Process begun(String phase, String... command) throws Exception {
    String[] words = java.util.Arrays.copyOf(command, command.length + 5);
    System.arraycopy(
        new String[] {"exec", "aggregate:run", aggregate(phase), "--timeout", "300s"},
        0,
        words,
        command.length,
        5);
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    if (phase.equals("reading")) {
      assertThat(process.getInputStream().read()).isPositive();
    }
    drain(process.getInputStream());
    table.awaitStatements(1);
    return process;
  }

  private static String aggregate(String phase) {
    return switch (phase) {
      case "reading" -> "endless";
      case "stalled" -> "stalling";
      default -> "sleeping";
    };
  }

  private static void drain(InputStream stream) {
    Thread thread =
        new Thread(
            () -> {
              try (stream) {
                stream.transferTo(java.io.OutputStream.nullOutputStream());
              } catch (java.io.IOException e) {
                // the process has ended
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void signal(String name, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
  }

  @ParameterizedTest
  @ValueSource(strings = {"opening", "reading", "stalled"})
  void interruptingACommandStopsItsStatement(String phase) throws Exception {
    Process client = client(phase);
    table.measure("Ctrl-C in `exec`", phase, () -> signal("INT", client.pid()), client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"opening", "reading", "stalled"})
  void interruptingALineOfTheShellStopsItsStatement(String phase) throws Exception {
    Process terminal =
        new ProcessBuilder(
                "script",
                "-qec",
                "'" + Distribution.command() + "' --home '" + host.home() + "' shell",
                "/dev/null")
            .start();
    StoppingTable.Heard heard = new StoppingTable.Heard(terminal.getInputStream());
    type(terminal, "aggregate:run " + aggregate(phase) + " --format csv --timeout 300s\n");
    table.awaitStatements(1);
    if (phase.equals("reading")) {
      heard.await("aaaa");
    }
    table.measureIdle("Ctrl-C in the shell", phase, () -> type(terminal, "\u0003"));
    terminal.destroy();
    terminal.onExit().join();
  }

  private static void type(Process terminal, String text) throws java.io.IOException {
    terminal.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    terminal.getOutputStream().flush();
  }

  @Test
  void whoWaitsForAConnectionStopsWaiting() throws Exception {
    Process holder = client("opening");
    Process client =
        host.client("aggregate:run", "endless", "--timeout", "300s")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> shell.ask("bind:list --format json").contains("\"waiting\":1"));
    table.measure(
        "Ctrl-C in `exec`",
        "waiting",
        () -> signal("INT", client.pid()),
        () -> !client.isAlive(),
        () -> !shell.ask("bind:list --format json").contains("\"waiting\":1"));
    signal("INT", holder.pid());
    holder.waitFor();
    table.awaitStatements(0);
  }

  @Test
  void aClosedPipeStopsTheStatement() throws Exception {
    Process pipe =
        new ProcessBuilder(
                "sh",
                "-c",
                "'%s' --home '%s' exec aggregate:run endless --timeout 300s --format csv | head -1"
                    .formatted(Distribution.command(), host.home()))
            .start();
    table.awaitStatements(1);
    table.measure("closed pipe (`head -1`)", "reading", () -> {}, pipe);
  }

  @Test
  void anEarlyCloseStopsTheStatement() throws Exception {
    long begin = System.nanoTime();
    assertThat(shell.ask("aggregate:run endless --limit 3")).contains("3 rows");
    table.told("early close (`--limit 3`)", "reading", System.nanoTime() - begin);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aJavaCallerThatLeavesEarlyStopsTheStatement(int rows) throws Exception {
    String answer = shell.ask("flight:few endless " + rows);
    Matcher left = Pattern.compile("left in ms (\\d+)").matcher(answer);
    assertThat(left.find()).as(answer).isTrue();
    long caller = Duration.ofMillis(Long.parseLong(left.group(1))).toNanos();
    table.told("early close (`Stream.close` after %d rows)".formatted(rows), "reading", caller);
  }

  @ParameterizedTest
  @ValueSource(strings = {"opening", "reading", "stalled"})
  void theDeadlineStopsTheStatement(String phase) throws Exception {
    late("deadline (`--timeout 2s`)", phase, aggregate(phase));
  }

  @RepeatedTest(8)
  void aConnectionThatWasStoppedServesTheNextRun() throws Exception {
    assertThat(shell.ask("aggregate:run sleeping --timeout 1s")).contains("bindery: source '");
    assertThat(shell.ask("aggregate:run endless --limit 1 --format csv")).contains("direct,1,");
  }

  /** Asks what does not end in its time, and measures what it takes beyond that. */
  private static void late(String cause, String phase, String aggregate) throws Exception {
    String file = folder.resolve("out.csv").toString();
    long begin = System.nanoTime();
    String answer =
        shell.ask("aggregate:run %s --timeout 2s --out '%s'".formatted(aggregate, file));
    long caller = System.nanoTime() - begin;
    assertThat(answer).contains("bindery: source '", "on bind '");
    assertThat(Files.exists(Path.of(file))).isFalse();
    table.told(cause, phase, caller - ALLOWED.toNanos());
  }

  @Test
  void aServerThatRefusesIsToldAtOnce() throws Exception {
    awaitUp("proxied");
    proxy.refuse();
    long begin = System.nanoTime();
    assertThat(shell.ask("aggregate:run proxied_sleeping --timeout 60s")).contains("bind 'prox");
    table.told("server refuses", "opening", System.nanoTime() - begin);
    proxy.heal();
    awaitUp("proxied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"opening", "reading", "stalled"})
  void aConnectionThatIsResetIsToldAtOnce(String phase) throws Exception {
    awaitUp("proxied");
    Process client = begunOn("proxied_" + aggregate(phase));
    table.awaitStatements(1);
    table.measure("connection reset", phase, proxy::resetAll, () -> !client.isAlive(), () -> true);
    assertThat(client.exitValue()).isEqualTo(1);
    // a server learns of a lost client when it next writes: this one is told by the test
    table.killAll();
  }

  private static Process begunOn(String aggregate) throws Exception {
    Process process =
        host.client("aggregate:run", aggregate, "--timeout", "300s")
            .redirectErrorStream(true)
            .start();
    drain(process.getInputStream());
    return process;
  }

  @ParameterizedTest
  @ValueSource(strings = {"opening", "reading", "stalled"})
  void aStoppedServerCostsNoMoreThanTheDeadline(String phase) throws Exception {
    awaitUp("direct");
    String file = folder.resolve("hung.csv").toString();
    long pid = table.pid();
    var answer =
        java.util.concurrent.CompletableFuture.supplyAsync(
            () -> {
              try (ShellSession asking = new ShellSession(host.home())) {
                long begin = System.nanoTime();
                String said =
                    asking.ask(
                        "aggregate:run %s --timeout 4s --out '%s'"
                            .formatted(aggregate(phase), file));
                assertThat(said).contains("bindery: source '");
                return System.nanoTime() - begin;
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    table.awaitStatements(1);
    try {
      signal("STOP", pid);
      long caller = answer.get(40, java.util.concurrent.TimeUnit.SECONDS);
      table.row("server stopped (SIGSTOP), `--timeout 4s`", phase, caller - 4_000_000_000L, -1);
    } finally {
      signal("CONT", pid);
    }
    table.killAll();
    awaitUp("direct");
  }
}
