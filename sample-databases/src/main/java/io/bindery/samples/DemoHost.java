package io.bindery.samples;

import io.bindery.samples.server.GuardedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The packed host as a child process, and its program's other commands. */
final class DemoHost implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int LOG_LINES = 30;

  private final Path program;
  private final Path home;
  private final Path log;
  private final GuardedProcess process;

  /**
   * Prepares a host.
   *
   * @param distribution the unpacked distribution
   * @param folder belongs to the demo and goes with the host
   * @param home in {@code folder}
   */
  DemoHost(Path distribution, Path folder, Path home) {
    this.program = distribution.resolve("bin").resolve("bindery");
    this.home = home;
    this.log = folder.resolve("host.log");
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          "'" + program + "' is no program: --host takes the unpacked distribution");
    }
    // a profile of the person who tries the demo has no folder in the demo's home
    this.process =
        GuardedProcess.of(
            folder,
            log,
            GRACE,
            GuardedProcess.Signals.USUAL,
            Map.of("BINDERY_PROFILE", ""),
            command("run"));
  }

  /**
   * Starts the host; returns when it serves.
   *
   * @return the line that says so
   * @throws IllegalStateException when it does not, with what it printed
   */
  String start() {
    process.start();
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    Optional<String> ready = readyLine();
    while (ready.isEmpty()) {
      boolean running = process.running();
      if (!running || System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "the host %s:\n%s"
                .formatted(
                    running ? "is not ready within " + START_LIMIT.toSeconds() + " s" : "ended",
                    process.logTail(LOG_LINES)));
      }
      pause();
      ready = readyLine();
    }
    return ready.get();
  }

  /**
   * Runs one command in the host and shows what it prints.
   *
   * @throws IllegalStateException when its exit code is not 0
   */
  void exec(String... words) {
    List<String> command = new ArrayList<>(command("exec"));
    command.addAll(List.of(words));
    int code = run(command);
    if (code != 0) {
      throw new IllegalStateException(
          "'" + String.join(" ", words) + "' ended with exit code " + code);
    }
  }

  /** Hands the terminal to the host's shell until it is left. */
  void shell() {
    run(command("shell"));
  }

  /** What a person types to run a command in this host. */
  List<String> command(String command) {
    return List.of(program.toString(), "--home", home.toString(), command);
  }

  /** Whether the host still runs. */
  boolean running() {
    return process.running();
  }

  /** Stops the host and removes the demo's folder; returns when both are gone. */
  @Override
  public void close() {
    process.close();
  }

  private Optional<String> readyLine() {
    try {
      return Files.readString(log, StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> line.startsWith("bindery ready in ") && line.endsWith(" ms"))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int run(List<String> command) {
    try {
      System.out.flush();
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("cannot run '" + command.get(0) + "'", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in '" + String.join(" ", command) + "'", e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the host", e);
    }
  }
}
