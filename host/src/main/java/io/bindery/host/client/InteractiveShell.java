package io.bindery.host.client;

import io.bindery.control.wire.Request;
import io.bindery.control.wire.Request.Kind;
import io.bindery.host.HostException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** A shell on a terminal: history, completion by the host, Ctrl-C for the running command only. */
final class InteractiveShell {
  private static final byte[] END = {};

  private final HostConnection host;
  private final Path home;

  InteractiveShell(HostConnection host, Path home) {
    this.host = host;
    this.home = home;
  }

  /**
   * Reads and executes lines until the person leaves.
   *
   * @param farewell how to leave, and what that does
   */
  int run(String farewell) throws HostException, IOException {
    try (Terminal terminal = TerminalBuilder.builder().name("bindery").system(true).build()) {
      terminal.handle(Terminal.Signal.INT, signal -> host.interrupt());
      LineReader reader = reader(terminal);
      CommandStreams streams = new TerminalStreams(terminal, reader, host::interrupt);
      terminal.writer().println("'help' lists the commands, Tab completes, " + farewell);
      terminal.flush();
      while (true) {
        String line = readLine(reader);
        if (line == null || line.equals("exit") || line.equals("quit")) {
          return 0;
        }
        if (!line.isEmpty()) {
          host.execute(
              new Request(
                  Kind.LINE,
                  List.of(line),
                  Math.max(1, terminal.getWidth()),
                  true,
                  Clients.folder()),
              streams);
        }
      }
    }
  }

  private static @Nullable String readLine(LineReader reader) {
    try {
      return reader.readLine("bindery> ").strip();
    } catch (UserInterruptException e) {
      return "";
    } catch (EndOfFileException e) {
      return null;
    }
  }

  private LineReader reader(Terminal terminal) {
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .appName("bindery")
        .completer((reader, line, candidates) -> complete(line, candidates))
        .variable(LineReader.HISTORY_FILE, home.resolve("data").resolve("history"))
        // a line that may hold a secret is not kept
        .variable(LineReader.HISTORY_IGNORE, "*assword*:*//*\\:*@*")
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .build();
  }

  private void complete(ParsedLine line, List<Candidate> candidates) {
    CapturedOutput captured = new CapturedOutput();
    List<String> words = List.of(line.line(), Integer.toString(line.cursor()));
    try {
      host.execute(new Request(Kind.COMPLETE, words, 0, false, ""), captured);
    } catch (HostException | IOException e) {
      return;
    }
    for (String word : captured.lines()) {
      boolean whole = !word.endsWith("=") && !word.endsWith(":") && !word.endsWith("/");
      candidates.add(new Candidate(word, word, null, null, null, null, whole));
    }
  }

  /** The terminal as the streams of a command. */
  private record TerminalStreams(Terminal terminal, LineReader reader, Runnable interrupt)
      implements CommandStreams {
    @Override
    public void out(byte[] text) throws IOException {
      terminal.output().write(text);
      terminal.output().flush();
    }

    @Override
    public void err(byte[] text) throws IOException {
      out(text);
    }

    @Override
    public void need(Consumer<byte[]> answer) {
      answer.accept(line("", null));
    }

    @Override
    public void ask(String prompt, Consumer<byte[]> answer) {
      answer.accept(line(prompt, '\0'));
    }

    private byte[] line(String prompt, @Nullable Character mask) {
      reader.setVariable(LineReader.DISABLE_HISTORY, true);
      try {
        return (reader.readLine(prompt, mask) + "\n").getBytes(StandardCharsets.UTF_8);
      } catch (UserInterruptException e) {
        interrupt.run();
        return END;
      } catch (EndOfFileException e) {
        return END;
      } finally {
        reader.setVariable(LineReader.DISABLE_HISTORY, false);
      }
    }
  }
}
