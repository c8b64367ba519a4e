package io.bindery.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A host of the packed distribution as a process, without a terminal. */
final class PackedHost implements AutoCloseable {
  private static final Path DISTRIBUTION = Path.of(System.getProperty("bindery.distribution"));

  private final Path distribution;
  private final Path home;
  private final Process process;
  private final BufferedReader out;
  private final CompletableFuture<String> err;

  /** What a process left. */
  record Ended(int code, String out, String err) {}

  private PackedHost(Path distribution, Path home, Process process) {
    this.distribution = distribution;
    this.home = home;
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
  }

  static Path distribution() {
    return DISTRIBUTION;
  }

  /** Starts a host and waits until it is ready. */
  static PackedHost start(Path home, String... options) throws IOException {
    return start(DISTRIBUTION, home, options);
  }

  static PackedHost start(Path distribution, Path home, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(List.of(options));
    PackedHost host =
        new PackedHost(distribution, home, builder(distribution, home, words).start());
    String line = host.out.readLine();
    if (line == null || !line.matches("bindery ready in \\d+ ms")) {
      throw new AssertionError("not ready: " + line + host.err.join());
    }
    return host;
  }

  /** One run of the program for that home, to its end. */
  static Ended bindery(Path home, String... words) throws IOException, InterruptedException {
    return bindery(DISTRIBUTION, home, "", words);
  }

  private static Ended bindery(Path distribution, Path home, String input, String... words)
      throws IOException, InterruptedException {
    Process process = builder(distribution, home, List.of(words)).start();
    CompletableFuture<String> out =
        CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(input);
    } catch (IOException e) {
      // it did not want to read
    }
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ended: %s", List.of(words)).isTrue();
    return new Ended(process.exitValue(), out.join(), err.join());
  }

  private static ProcessBuilder builder(Path distribution, Path home, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(distribution.resolve("bin/bindery").toString());
    command.add("--home");
    command.add(home.toString());
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(name -> name.startsWith("BINDERY_"));
    builder.environment().remove("XDG_RUNTIME_DIR");
    builder.environment().put("BINDERY_OPTS", "-Xmx48m");
    return builder;
  }

  private static String read(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Ended exec(String... words) throws IOException, InterruptedException {
    return execWith("", words);
  }

  Ended execWith(String input, String... words) throws IOException, InterruptedException {
    return bindery(distribution, home, input, execWords(words));
  }

  /** A shell that reads those lines. */
  Ended shell(String lines) throws IOException, InterruptedException {
    return bindery(distribution, home, lines, "shell");
  }

  /** A command that goes on; its streams are the caller's. */
  Process spawn(String... words) throws IOException {
    return builder(distribution, home, List.of(execWords(words))).start();
  }

  private static String[] execWords(String... words) {
    List<String> all = new ArrayList<>(List.of("exec"));
    all.addAll(List.of(words));
    return all.toArray(new String[0]);
  }

  /** The threads of the host that serve clients. */
  long servingThreads() throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "Thread.print")
            .redirectErrorStream(true)
            .start();
    String threads = read(jcmd.getInputStream());
    assertThat(jcmd.waitFor()).as(threads).isZero();
    return threads.lines().filter(line -> line.matches("\"(control-|pipe-).*")).count();
  }

  long pid() {
    return process.pid();
  }

  /** Ends it as a supervisor does. */
  Ended terminate() throws InterruptedException, IOException {
    // the handle's, as the process' own would close our ends of its streams
    process.toHandle().destroy();
    return awaitEnd();
  }

  /** Ends it as a power cut does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  Ended awaitEnd() throws InterruptedException, IOException {
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the host ended").isTrue();
    String rest = out.lines().reduce("", (lines, line) -> lines + line + "\n");
    return new Ended(process.exitValue(), rest, err.join());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
