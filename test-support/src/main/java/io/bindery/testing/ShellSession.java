package io.bindery.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A {@code bindery shell} whose lines come from a pipe: many questions without a new process for
 * each.
 */
public final class ShellSession implements AutoCloseable {
  private final Process process;
  private final Writer input;
  private int asked;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  public ShellSession(Path home) throws IOException {
    process =
        new ProcessBuilder(Distribution.command().toString(), "--home", home.toString(), "shell")
            .redirectErrorStream(true) // so that a message comes before the next answer
            .start();
    input = process.outputWriter(StandardCharsets.UTF_8);
    gather(process.inputReader(StandardCharsets.UTF_8));
  }

  /**
   * Runs an aggregate as json.
   *
   * @return the answer, or the message of the failure, whichever came
   */
  public String run(String aggregate) throws IOException, InterruptedException {
    input.write("aggregate:run " + aggregate + " --format json\n");
    input.flush();
    StringBuilder answer = new StringBuilder();
    while (true) {
      String line = lines.poll(60, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("no answer within 60 s; so far: " + answer);
      }
      answer.append(line);
      if (line.startsWith("bindery: ") || line.endsWith("\"complete\":true}")) {
        return answer.toString();
      }
    }
  }

  /**
   * Runs a line of the shell.
   *
   * @param line without a line end
   * @return what it printed, with its messages
   */
  public String ask(String line) throws IOException, InterruptedException {
    String end = "end-of-answer-" + (++asked);
    input.write(line + "\necho " + end + "\n");
    input.flush();
    StringBuilder answer = new StringBuilder();
    while (true) {
      String next = lines.poll(60, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("'" + line + "': no answer within 60 s; so far: " + answer);
      }
      if (next.equals(end)) {
        return answer.toString();
      }
      answer.append(next).append('\n');
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
    process.destroy();
    process.onExit().join();
  }

  private void gather(BufferedReader reader) {
    Thread thread =
        new Thread(
            () -> {
              try (reader) {
                String line;
                while ((line = reader.readLine()) != null) {
                  lines.add(line);
                }
              } catch (IOException e) {
                lines.add("bindery: " + e);
              }
            },
            "shell-session");
    thread.setDaemon(true);
    thread.start();
  }
}
