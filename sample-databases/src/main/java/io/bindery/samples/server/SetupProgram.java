package io.bindery.samples.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that does its work and ends, such as the one that installs a data folder. */
public final class SetupProgram {
  private static final int LIMIT_SECONDS = 180;

  private SetupProgram() {}

  /**
   * Runs it to its end.
   *
   * @param input what it reads from standard input
   * @throws IOException when it fails or takes more than three minutes, with what it printed
   */
  public static void run(List<String> command, byte[] input) throws IOException {
    Path output = Files.createTempFile("setup", ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(Map.of("LC_ALL", "C"));
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      Process process = builder.start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input);
      } catch (IOException e) {
        // it has ended already: its output says why
      }
      if (!succeeds(process)) {
        throw new IOException(
            "'%s' failed:\n%s".formatted(command.get(0), Files.readString(output)));
      }
    } finally {
      Files.delete(output);
    }
  }

  /** Whether this folder, and so this JVM's files, belong to root. */
  public static boolean belongsToRoot(Path folder) throws IOException {
    return (Integer) Files.getAttribute(folder, "unix:uid") == 0;
  }

  private static boolean succeeds(Process process) {
    try {
      if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return false;
  }
}
