package io.bindery.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The packed distribution as a process of its own, driven as a user drives it. */
public final class PackedHost implements AutoCloseable {
  private final Path home;
  private final Process process;
  private final CompletableFuture<String> output;

  private PackedHost(Path home, Process process, CompletableFuture<String> output) {
    this.home = home;
    this.process = process;
    this.output = output;
  }

  /** What a command printed and how it ended. */
  public record Result(int exit, String out, String err) {}

  public static PackedHost start(Path home) throws IOException {
    return start(home, Map.of());
  }

  /** Starts a host and waits until it says that it is ready. */
  public static PackedHost start(Path home, Map<String, String> environment, String... options)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Distribution.command().toString(), "--home", home.toString(), "run"));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder heard = new StringBuilder();
    String line;
    while ((line = reader.readLine()) != null) {
      heard.append(line).append('\n');
      if (line.startsWith("bindery ready in ")) {
        return new PackedHost(home, process, CompletableFuture.supplyAsync(() -> rest(reader)));
      }
    }
    throw new AssertionError("the host ended before it was ready:\n" + heard);
  }

  public Path home() {
    return home;
  }

  /** Threads and live objects of the host's JVM. */
  public HostJvm jvm() {
    return new HostJvm(process.pid());
  }

  /** One command in the host, by {@code bindery exec}. */
  public Result exec(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("--home", home.toString(), "exec"));
    command.addAll(List.of(words));
    return run(Map.of(), command.toArray(String[]::new));
  }

  /** A {@code bindery exec} to start, for who reads what it prints or ends it himself. */
  public ProcessBuilder client(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(Distribution.command().toString(), "--home", home.toString(), "exec"));
    command.addAll(List.of(words));
    return new ProcessBuilder(command);
  }

  /** What a command prints that must succeed. */
  public String ask(String... words) throws IOException, InterruptedException {
    Result result = exec(words);
    if (result.exit() != 0) {
      throw new AssertionError(String.join(" ", words) + ": " + result.err());
    }
    return result.out();
  }

  /** Runs {@code bin/bindery} with any words. */
  public static Result run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Distribution.command().toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
    String out = all(process.getInputStream());
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", words) + ": did not end within two minutes");
    }
    return new Result(process.exitValue(), out, err.join());
  }

  /** Puts a whole file into etc/ at once, by rename. */
  public void drop(String name, String... lines) throws IOException {
    put(home.resolve("etc"), name, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  /** Takes a file out of etc/. */
  public void delete(String name) throws IOException {
    Files.delete(home.resolve("etc").resolve(name));
  }

  /** Puts a jar into deploy/, by rename. */
  public void deploy(String name, Path jar) throws IOException {
    put(home.resolve("deploy"), name, Files.readAllBytes(jar));
  }

  private static void put(Path folder, String name, byte[] content) throws IOException {
    Files.createDirectories(folder);
    Path half = folder.resolve("." + name + ".tmp");
    Files.write(half, content);
    Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Ends the host as an operator's system does, and gives all that it printed after it was ready.
   */
  public String stop() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the host did not end within 30 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    return output.join();
  }

  /** Ends the host at once, as SIGKILL does: nothing of it can clean up. */
  public void kill() {
    kill(process);
  }

  /**
   * Begins to start a host, and kills it when the time is over, ready or not.
   *
   * @param millis how long it may start
   */
  public static void killWhileItStarts(Path home, long millis)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Distribution.command().toString(), "--home", home.toString(), "run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the host ended by itself: exit " + process.exitValue());
    }
    kill(process);
  }

  private static void kill(Process process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    stop();
  }

  private static String rest(BufferedReader reader) {
    StringBuilder text = new StringBuilder();
    try {
      String line;
      while ((line = reader.readLine()) != null) {
        text.append(line).append('\n');
      }
    } catch (IOException e) {
      text.append(e);
    }
    return text.toString();
  }

  private static String all(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
