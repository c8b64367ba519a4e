package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import io.bindery.testing.ShellSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A packed host on a real server, asked by one shell, for many small cases. */
final class FlaskHost implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(90);

  private final Path folder;
  private final MariaDbServer server;
  private final PackedHost host;
  private final ShellSession shell;

  FlaskHost(String... serverOptions) throws IOException {
    folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "flask");
    server = MariaDbServer.start(serverOptions);
    host = PackedHost.start(folder.resolve("home"));
    shell = new ShellSession(host.home());
  }

  Path folder() {
    return folder;
  }

  MariaDbServer server() {
    return server;
  }

  PackedHost host() {
    return host;
  }

  /** What a command prints, its failure included. */
  String ask(String line) {
    try {
      return shell.ask(line);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits until a command prints a text. */
  String awaitAnswer(String line, String wanted) {
    await().atMost(SOON).untilAsserted(() -> assertThat(ask(line)).contains(wanted));
    return ask(line);
  }

  /** Waits until a command prints a text no longer. */
  void awaitNoAnswer(String line, String unwanted) {
    await().atMost(SOON).untilAsserted(() -> assertThat(ask(line)).doesNotContain(unwanted));
  }

  /** Makes databases for binds, without tables. */
  void databases(String... names) {
    for (String name : names) {
      server.execute("", "CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    }
  }

  /** Makes the table of notes. */
  void notes(String... databases) {
    for (String database : databases) {
      server.execute(
          database, "CREATE TABLE notes (id INT PRIMARY KEY, note_text VARCHAR(40) NOT NULL)");
    }
  }

  /** Drops the file of a bind whose database has the bind's key as name; waits until it is up. */
  void up(String key, String... lines) throws IOException {
    drop(key, lines);
    awaitUp(key);
  }

  void awaitUp(String key) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(ask("bind:why " + key)).containsPattern("state +up\n"));
  }

  void drop(String key, String... lines) throws IOException {
    host.drop(
        "bindery.bind-" + key + ".cfg",
        Stream.concat(Stream.of("url = " + server.url(key)), Stream.of(lines))
            .toArray(String[]::new));
  }

  void delete(String... keys) throws IOException {
    for (String key : keys) {
      host.delete("bindery.bind-" + key + ".cfg");
      await()
          .atMost(SOON)
          .until(() -> !ask("bind:list --format json").contains("\"key\":\"" + key + "\""));
    }
  }

  /** All that the host has logged. */
  String log() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(host.home().resolve("log"))) {
      List<Path> logs =
          files
              .filter(f -> f.toString().endsWith(".log"))
              .sorted(Comparator.reverseOrder())
              .toList();
      for (Path log : logs) {
        text.append(Files.readString(log, StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    shell.close();
    host.close();
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    }
  }
}
