package io.bindery.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo's own part, with a shell script in the place of the packed host. */
class DemoTest {
  private static final String WELL_BEHAVED =
      """
      #!/bin/sh
      # bindery --home HOME COMMAND [WORD...]
      home=$2 command=$3
      shift 3
      case $command in
        run)
          trap 'exit 0' TERM
          echo "bindery ready in 7 ms"
          while :; do sleep 0.1; done ;;
        exec)
          echo "asked: $*"
          ls -l "$home/etc" | cut -c1-10 | sort -u | tr '\\n' ' '
          cat "$home"/etc/* "$home/../more"/* ;;
      esac
      """;

  private final Path folder;

  DemoTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aBatchAsksEverythingAndLeavesNothing() throws Exception {
    Process demo = demo(WELL_BEHAVED, "--batch");

    String output = allOutput(demo);
    assertThat(demo.waitFor()).as(output).isZero();
    assertThat(output)
        .containsSubsequence(
            "bindery ready in 7 ms",
            "asked: bind:list",
            "asked: aggregate:run customer360 --limit 8",
            "asked: aggregate:run revenue_by_country",
            "asked: aggregate:run newest_customers --limit 8",
            "cp /",
            "more/bindery.bind-crm-eu.cfg");
    assertNothingLeft();
  }

  @Test
  void theFilesHoldBindsOverUnixSocketsWithTheirRoles() throws Exception {
    String output = allOutput(demo(WELL_BEHAVED, "--batch"));

    for (String database : List.of("crm", "crm_eu", "shop", "support")) {
      assertThat(output)
          .containsPattern(
              "url = mysql://bindery:\\w+@localhost/" + database + "\\?unix_socket=/\\S+/s\n");
    }
    assertThat(output)
        .contains("label.role = crm", "label.role = shop", "label.role = support")
        .contains("union = customers@(label.role=crm)", "limit = 100")
        .contains("-rw------- ");
  }

  @Test
  void aStepThatFailsEndsTheDemoWithItsName() throws Exception {
    Process demo = demo(WELL_BEHAVED.replace("asked: ", "\"; exit 4; \""), "--batch");

    String output = allOutput(demo);
    assertThat(demo.waitFor()).isEqualTo(1);
    assertThat(output).contains("bindery demo: 'bind:list' ended with exit code 4");
    assertNothingLeft();
  }

  @Test
  void aHostThatCannotStartIsShownWithWhatItSaid() throws Exception {
    Process demo = demo("#!/bin/sh\necho 'bindery: no room' >&2\nexit 1\n", "--batch");

    String output = allOutput(demo);
    assertThat(demo.waitFor()).isEqualTo(1);
    assertThat(output).contains("the host ended", "bindery: no room");
    assertNothingLeft();
  }

  @Test
  void withoutATerminalTheDemoLastsAsLongAsItsInput() throws Exception {
    Process demo = demo(WELL_BEHAVED);
    awaitOutput(demo, "until the end of its input");
    assertThat(leftovers()).isNotEmpty();

    demo.getOutputStream().close();
    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).isZero();
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM", "INT"})
  void nothingIsLeftWhenTheDemoIsKilled(String signal) throws Exception {
    Process demo = demo(WELL_BEHAVED);
    awaitOutput(demo, "until the end of its input");

    new ProcessBuilder("kill", "-" + signal, Long.toString(demo.pid())).start().waitFor();
    demo.waitFor();
    if (signal.equals("KILL")) {
      await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(leftovers()).isEmpty());
    }
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--bach", "--host"})
  void wrongUsageIsExplained(String word) throws Exception {
    Process demo = demo(WELL_BEHAVED, word);

    assertThat(allOutput(demo)).contains("'" + word + "'", "usage: bindery demo");
    assertThat(demo.waitFor()).isEqualTo(2);
  }

  private Process demo(String host, String... arguments) throws IOException {
    Path program = folder.resolve("dist/bin/bindery");
    Files.createDirectories(folder.resolve("dist/bin"));
    Files.writeString(program, host);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.createDirectories(folder.resolve("tmp"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Demo.class.getName()));
    command.addAll(List.of("--host", folder.resolve("dist").toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String allOutput(Process demo) throws IOException {
    return new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void awaitOutput(Process demo, String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      int next = demo.getInputStream().read();
      assertThat(next).as("what came before: %s", seen).isNotNegative();
      seen.append((char) next);
    }
  }

  private void assertNothingLeft() {
    assertThat(leftovers()).isEmpty();
  }

  /** Folders of this test's demos, and processes that name them. */
  private List<String> leftovers() {
    Path tmp = folder.resolve("tmp");
    List<String> left = new ArrayList<>();
    String[] files = tmp.toFile().list();
    left.addAll(files == null ? List.of() : List.of(files));
    ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(tmp + "/bindery-"))
        .forEach(left::add);
    return left;
  }
}
