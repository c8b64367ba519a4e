package io.bindery.samples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KilledStarterTest {
  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM", "INT"})
  void nothingIsLeftWhenTheStarterIsKilled(String signal) throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServerHolder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> folders;
    try (BufferedReader output = starter.inputReader()) {
      folders = List.of(output.readLine(), output.readLine());
      assertThat(folders).allSatisfy(folder -> assertThat(Path.of(folder)).isDirectory());
      assertThat(processesThatName(folders)).anyMatch(command -> command.contains("mariadbd"));

      new ProcessBuilder("kill", "-" + signal, Long.toString(starter.pid())).start().waitFor();
      starter.waitFor();
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(folders).noneMatch(folder -> Path.of(folder).toFile().exists());
              assertThat(processesThatName(folders)).isEmpty();
            });
  }

  private static List<String> processesThatName(List<String> folders) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(command -> folders.stream().anyMatch(command::contains))
        .toList();
  }
}
