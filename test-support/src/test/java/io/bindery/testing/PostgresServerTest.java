package io.bindery.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresServerTest {
  @Test
  void whatWasCommittedOutlivesARestartAndACrash() throws SQLException {
    try (PostgresServer server = PostgresServer.start()) {
      int port = server.port();
      server.execute("", "CREATE DATABASE kept");
      server.execute("kept", "CREATE TABLE things (id INT PRIMARY KEY)");
      server.execute("kept", "INSERT INTO things VALUES (7)");
      server.restart();
      server.execute("kept", "INSERT INTO things VALUES (8)");
      server.crash();
      assertThatThrownBy(() -> server.connect("kept")).isInstanceOf(SQLException.class);

      server.restart();

      assertThat(server.port()).isEqualTo(port);
      assertThat(server.socket()).exists();
      try (Connection connection = server.connect("kept");
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT SUM(id) FROM things")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(15);
      }
    }
  }

  @Test
  void aServerThatCannotStartShowsItsLog() {
    assertThatThrownBy(() -> PostgresServer.start("-c", "no_such_setting=1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot start")
        .hasMessageContaining("no_such_setting");
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM"})
  void nothingIsLeftWhenTheStarterIsKilled(String signal) throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PostgresHolder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long worker;
    String folder;
    try (BufferedReader output = starter.inputReader()) {
      worker = Long.parseLong(output.readLine());
      folder = output.readLine();
      assertThat(Path.of(folder)).isDirectory();
      assertThat(processesThatName(folder)).isPositive();
      assertThat(ProcessHandle.of(worker)).isPresent();
      new ProcessBuilder("kill", "-" + signal, Long.toString(starter.pid())).start().waitFor();
      starter.waitFor();
    }

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(Path.of(folder)).doesNotExist();
              assertThat(processesThatName(folder)).isZero();
              assertThat(ProcessHandle.of(worker)).isEmpty();
            });
  }

  private static long processesThatName(String folder) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(command -> command.contains(folder))
        .count();
  }
}
