package io.bindery.samples.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs under a small shell script which waits at a pipe from this JVM. When this JVM
 * ends, even by SIGKILL, the pipe ends, and the script stops the program and removes its folder.
 *
 * <p>Not safe for use by several threads at once; its owner sees to that.
 */
public final class GuardedProcess implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Process guard;
  private final BufferedReader messages;
  private final Path log;
  private boolean running;

  /**
   * The signals that end a program, by their names.
   *
   * @param stop asks it to end
   * @param kill ends it by force, as a crash would, with all processes that it has started
   */
  public record Signals(String stop, String kill) {
    /** Right for a program of one process. */
    public static final Signals USUAL = new Signals("TERM", "KILL");
  }

  private GuardedProcess(Process guard, Path log) {
    this.guard = guard;
    this.log = log;
    this.messages = guard.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Makes the guard; the program itself runs from {@link #start()} on.
   *
   * @param folder belongs to the program: removed when this is closed or this JVM has ended
   * @param log the file in {@code folder} that takes the program's output
   * @param grace how long the program may take to end by itself at the end, in whole seconds; zero
   *     ends it by force at once
   * @param signals end the program
   * @param environment variables to add to this JVM's own
   * @throws UncheckedIOException when the guard cannot be started
   */
  public static GuardedProcess of(
      Path folder,
      Path log,
      Duration grace,
      Signals signals,
      Map<String, String> environment,
      List<String> command) {
    try {
      Path script = folder.resolve("guard.sh");
      try (InputStream in = GuardedProcess.class.getResourceAsStream("guard.sh")) {
        if (in == null) {
          throw new IllegalStateException("'guard.sh' is missing beside " + GuardedProcess.class);
        }
        Files.copy(in, script);
      }
      List<String> guarded = new ArrayList<>();
      guarded.addAll(List.of("sh", script.toString(), folder.toString(), log.toString()));
      guarded.addAll(List.of(Long.toString(grace.toSeconds()), signals.stop(), signals.kill()));
      guarded.addAll(command);
      ProcessBuilder builder = new ProcessBuilder(guarded);
      builder.directory(folder.toFile());
      builder.environment().putAll(environment);
      builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
      return new GuardedProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot guard '" + command.get(0) + "'", e);
    }
  }

  /** Starts the program; returns at once. */
  public void start() {
    tell("start");
    running = true;
  }

  /** Asks the program to end; returns at once. */
  public void stop() {
    tell("stop");
  }

  /** Ends the program by force; returns at once. */
  public void kill() {
    tell("kill");
  }

  /** Lets the program and all processes that it has started stand still until {@link #thaw()}. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets it go on. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    guard
        .descendants()
        .filter(each -> !each.info().command().orElse("").endsWith("sh"))
        .forEach(each -> command.add(Long.toString(each.pid())));
    try {
      if (new ProcessBuilder(command).start().waitFor() != 0) {
        throw new IllegalStateException("'" + log + "': cannot send " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("there is no program 'kill'", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending " + name, e);
    }
  }

  /** Whether the program runs. */
  public boolean running() {
    try {
      while (running && messages.ready()) {
        running = !String.valueOf(messages.readLine()).startsWith("exited");
      }
    } catch (IOException e) {
      running = false;
    }
    return running && guard.isAlive();
  }

  /**
   * Waits for the program's end.
   *
   * @return whether it has ended within {@code limit}
   * @throws IllegalStateException when interrupted; the thread stays interrupted
   */
  public boolean awaitEnd(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (running()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      pause();
    }
    return true;
  }

  /** The end of what the program printed, at most {@code lines} lines. */
  public String logTail(int lines) {
    try {
      List<String> all = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** Ends the program and removes its folder; returns when both are gone. Idempotent. */
  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
    } catch (IOException e) {
      // the guard has ended already, and has cleaned up
    }
    try {
      if (!guard.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the guard of '" + log + "' does not end");
      }
    } catch (InterruptedException e) {
      // the guard goes on by itself
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  /** A short wait between two looks at something that another process does. */
  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a process", e);
    }
  }

  private void tell(String word) {
    try {
      OutputStream pipe = guard.getOutputStream();
      pipe.write((word + "\n").getBytes(StandardCharsets.UTF_8));
      pipe.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the guard of '" + log + "' has ended: cannot " + word, e);
    }
  }
}
