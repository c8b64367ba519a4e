package io.bindery.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static PackedHost host;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    host = PackedHost.start(folder.resolve("home"));
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @Test
  void severalWordsArePassedAsTheyAre() throws Exception {
    PackedHost.Ended ended =
        host.exec(
            "text:echo",
            "a?b=1&c=%40",
            "@x",
            "$[secret:x]",
            "$x",
            "(bind.key=crm)",
            "",
            "\"q",
            "'",
            "a  b",
            "*",
            "{}",
            ";",
            "|",
            "#",
            "--help",
            "-n",
            "é€");

    assertThat(ended.out())
        .isEqualTo(
            "a?b=1&c=%40 @x $[secret:x] $x (bind.key=crm)  \"q ' a  b * {} ; | # --help -n é€\n");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
  }

  @Test
  void oneWordIsALine() throws Exception {
    assertThat(host.exec("lb | grep -i gogo | head -n 1").out()).contains("Gogo Runtime");
    assertThat(host.exec("x = [a b]; echo $x").out()).contains("a b");
  }

  @Test
  void bundlesAreListed() throws Exception {
    PackedHost.Ended ended = host.exec("lb");

    assertThat(ended.out()).contains("Bindery control", "Configuration Admin");
    assertThat(ended.out().lines().filter(line -> line.contains("Installed"))).isEmpty();
  }

  @Test
  void anUnknownCommandIsUsage() throws Exception {
    PackedHost.Ended words = host.exec("text:ehco", "a");
    PackedHost.Ended line = host.exec("text:ehco");

    assertThat(words.err())
        .isEqualTo("bindery: unknown command 'text:ehco' (did you mean text:echo?)\n");
    assertThat(words.code()).isEqualTo(2);
    assertThat(line.err()).isEqualTo(words.err());
    assertThat(line.code()).isEqualTo(2);
  }

  @Test
  void anUnknownCommandAtTheBeginningOfAPipeIsToldWithTheOneThatWasMeant() throws Exception {
    PackedHost.Ended ended = host.exec("text:ehco a | text:grep a");

    assertThat(ended.err())
        .endsWith("bindery: unknown command 'text:ehco' (did you mean text:echo?)\n");
    assertThat(ended.code()).isEqualTo(2);
  }

  @Test
  void wrongArgumentsAreUsage() throws Exception {
    PackedHost.Ended ended = host.exec("lb", "a", "b", "c", "d");

    assertThat(ended.err()).startsWith("bindery: command 'lb': wrong arguments");
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.code()).isEqualTo(2);
  }

  @Test
  void aCommandThatFailsSaysWhyInOneLine() throws Exception {
    PackedHost.Ended ended = host.exec("grep", "[");

    assertThat(ended.err()).startsWith("bindery: Unclosed character class");
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void inputIsForwardedWhenTheCommandReadsIt() throws Exception {
    PackedHost.Ended ended = host.execWith("one\ntwo\nthree\n", "head", "-n", "2");

    assertThat(ended.out()).isEqualTo("one\ntwo\n");
  }

  @Test
  void aCommandThatReadsNothingDoesNotWaitForInput() throws Exception {
    Process exec = host.spawn("echo", "done");

    assertThat(exec.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(exec.inputReader().readLine()).isEqualTo("done");
  }

  @Test
  void aPipeClosedEarlyEndsCommandAndClientQuietly() throws Exception {
    Process exec = host.spawn("grep", "y");
    CompletableFuture<Void> feeding = feed(exec, new AtomicLong());
    BufferedReader out = exec.inputReader(StandardCharsets.UTF_8);

    assertThat(out.readLine()).startsWith("yyy");
    out.close();

    assertThat(exec.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(exec.exitValue()).isEqualTo(141);
    assertThat(exec.errorReader().readLine()).isNull();
    await().atMost(PATIENCE).until(() -> host.servingThreads() == 0);
    assertThat(feeding).succeedsWithin(PATIENCE);
  }

  @Test
  void aReaderThatStopsStopsTheCommandAndNothingPilesUp() throws Exception {
    Process exec = host.spawn("grep", "y");
    AtomicLong fed = new AtomicLong();
    feed(exec, fed);

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(fed::get, new Unchanged()::test);
    assertThat(fed).hasValueLessThan(4_000_000);

    long before = fed.get();
    exec.getInputStream().skipNBytes(2_000_000);
    await().atMost(PATIENCE).until(() -> fed.get() > before);
    exec.destroy();
    assertThat(exec.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(exec.exitValue()).isEqualTo(143);
    await().atMost(PATIENCE).until(() -> host.servingThreads() == 0);
  }

  @Test
  void aKilledClientEndsItsCommand() throws Exception {
    Process exec = host.spawn("grep", "y");
    OutputStream in = exec.getOutputStream();
    in.write("y\n".getBytes(StandardCharsets.UTF_8));
    in.flush();
    assertThat(exec.inputReader().readLine()).isEqualTo("y");
    assertThat(host.servingThreads()).isPositive();

    exec.destroyForcibly();

    await().atMost(PATIENCE).until(() -> host.servingThreads() == 0);
  }

  @Test
  void ctrlCLeaves130AndEndsTheCommand() throws Exception {
    Process exec = host.spawn("head");
    await().atMost(PATIENCE).until(() -> host.servingThreads() > 0);

    new ProcessBuilder("kill", "-INT", Long.toString(exec.pid())).start().waitFor();

    assertThat(exec.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(exec.exitValue()).isEqualTo(130);
    await().atMost(PATIENCE).until(() -> host.servingThreads() == 0);
  }

  @Test
  void aShellWithoutTerminalKeepsItsVariables() throws Exception {
    assertThat(host.shell("x = got\necho $x it\nfrobnicate\n"))
        .satisfies(shell -> assertThat(shell.out()).contains("got it"))
        .satisfies(shell -> assertThat(shell.err()).contains("unknown command 'frobnicate'"))
        .satisfies(shell -> assertThat(shell.code()).isEqualTo(2));
  }

  private static final class Unchanged {
    private long last = -1;

    boolean test(long now) {
      boolean same = now > 0 && now == last;
      last = now;
      return same;
    }
  }

  /** Writes lines to a command until it reads no more, on a thread of its own. */
  private static CompletableFuture<Void> feed(Process exec, AtomicLong fed) {
    byte[] line = ("y".repeat(99) + "\n").getBytes(StandardCharsets.UTF_8);
    return CompletableFuture.runAsync(
        () -> {
          try (OutputStream in = exec.getOutputStream()) {
            while (true) {
              in.write(line);
              fed.addAndGet(line.length);
            }
          } catch (IOException e) {
            // it reads no more
          }
        });
  }
}
