package io.bindery.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of the source tree, in a folder where nothing is built yet. */
class SourceScriptTest {
  private static final String BUILDING = "bindery: building from source";

  private final Path script;

  SourceScriptTest(@TempDir Path folder) throws IOException {
    script = Files.copy(Path.of("..", "bindery"), folder.resolve("bindery"));
    Path build = Files.writeString(folder.resolve("mvnw"), "#!/bin/sh\nexit 1\n");
    assertThat(build.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void whatTheDemoDoesNotUnderstandIsRefusedBeforeAnythingIsBuilt() throws Exception {
    String usage = "\nusage: ./bindery demo [--batch]\n";
    assertThat(run("demo", "--bath"))
        .isEqualTo("2 bindery: '--bath' is no option of the demo" + usage);
    assertThat(run("demo", "--batch", "--host"))
        .isEqualTo("2 bindery: '--host' needs a folder" + usage);
    assertThat(run("demo", "now")).startsWith("2 bindery: 'now' is no option");
  }

  @Test
  void whatItUnderstandsIsBuiltFirst() throws Exception {
    assertThat(run("demo", "--batch", "--host", "--any")).contains(BUILDING).startsWith("1 ");
    assertThat(run("demo")).contains(BUILDING, "bindery: cannot build");
    assertThat(run("exec", "--batch")).contains(BUILDING);
  }

  /** The exit code and what was printed. */
  private String run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + printed;
  }
}
