package io.bindery.control.internal;

import io.bindery.control.wire.FrameType;
import io.bindery.control.wire.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session of Gogo whose streams lead to one client. One thread executes; any thread may cut it
 * off.
 */
final class GogoSession {
  /** Set by commands for exit codes other than 0 and 1. */
  private static final String EXIT = "bindery.exit";

  /**
   * A {@code java.util.function.Function} of String to String that asks the person for a line
   * without showing it; absent when there is no person.
   */
  private static final String PROMPT = "bindery.prompt";

  private static final String COLUMNS = "COLUMNS";
  private static final String WORDS = "bindery.words";
  private static final String PIPE_FAILURE = "pipe-exception";

  private static final byte[] ERASE = "\r\u001b[K".getBytes(StandardCharsets.US_ASCII);

  private final Outbox outbox;
  private final CommandSession session;
  private final CommandInput in;
  private final CommandOutput out;
  private final CommandOutput err;
  private volatile boolean cut;

  GogoSession(CommandProcessor processor, Outbox outbox) {
    this.outbox = outbox;
    in = new CommandInput(outbox);
    out = new CommandOutput(outbox, FrameType.STDOUT);
    err = new CommandOutput(outbox, FrameType.STDERR);
    session = processor.createSession(in, out, err);
  }

  /** Whether this session was cut off and can execute nothing more. */
  boolean isCut() {
    return cut;
  }

  /** Interrupts what runs; what does not heed that fails when it prints or reads. */
  void cut() {
    cut = true;
    out.cut();
    err.cut();
    session.close();
    in.end();
  }

  /** Erases what a command that was cut off left on the terminal. */
  void tidy() {
    if (err.endsInStatus()) {
      new CommandOutput(outbox, FrameType.STDERR).write(ERASE, 0, ERASE.length);
    }
  }

  /** Gives the running command what it asked to read. */
  void give(byte[] input) {
    in.give(input);
  }

  /** What a person has set in this session. */
  Map<String, Object> variables() {
    Map<String, Object> values = new HashMap<>();
    if (session.get(null) instanceof Set<?> names) {
      for (Object name : names) {
        Object value = session.get((String) name);
        if (value != null && !name.equals(WORDS) && !name.equals(PROMPT)) {
          values.put((String) name, value);
        }
      }
    }
    return values;
  }

  /** Sets what a person had set in another session. */
  void variables(Map<String, Object> values) {
    values.forEach(session::put);
  }

  /**
   * Executes one request and prints what comes of it.
   *
   * @return the exit code
   */
  int execute(Request request) {
    in.startOver();
    session.put(EXIT, null);
    session.put(PIPE_FAILURE, null);
    if (!request.folder().isEmpty()) {
      session.currentDir(Path.of(request.folder()));
    }
    session.put(COLUMNS, request.columns() > 0 ? request.columns() : null);
    session.put(PROMPT, request.terminal() ? prompt() : null);
    try {
      Object result =
          request.kind() == Request.Kind.LINE
              ? session.execute(request.words().get(0))
              : executeWords(request.words());
      if (result != null) {
        printLine(out, session.format(result, Converter.INSPECT).toString());
      }
      return inPipe(session.get(PIPE_FAILURE));
    } catch (ClientGoneException e) {
      return 1;
    } catch (Exception e) {
      return fail(e);
    }
  }

  /** What could stand at the cursor, one on each line; nothing when nobody can tell. */
  void complete(String line, int cursor) {
    if (session.get("bindery:complete") instanceof Function) {
      try {
        executeWords(List.of("bindery:complete", line, Integer.toString(cursor)));
      } catch (Exception e) {
        Failure.log("completion", e);
      }
    }
  }

  private UnaryOperator<@Nullable String> prompt() {
    return in::askSecretly;
  }

  // Through a function that closes over the words, as Gogo would parse them if they were in a line.
  private @Nullable Object executeWords(List<String> words) throws Exception {
    String name = words.get(0);
    Object found = session.get(name);
    if (!(found instanceof Function) && name.indexOf(':') < 0) {
      found = session.get("*:" + name);
    }
    if (!(found instanceof Function command)) {
      throw new UnknownCommandException(name);
    }
    List<String> arguments = words.subList(1, words.size());
    session.put(WORDS, (Function) (at, none) -> command.execute(at, new ArrayList<>(arguments)));
    return session.execute(WORDS);
  }

  private int fail(Exception thrown) {
    if (cut) {
      return 1;
    }
    Failure failure = Failure.of(thrown, CommandNames.of(session));
    try {
      printLine(err, "bindery: " + failure.message());
    } catch (ClientGoneException e) {
      return 1;
    }
    return exitCode(failure.isUsage() ? 2 : 1);
  }

  /** Gogo prints what failed before the last command of a pipe, but not what was meant. */
  private int inPipe(@Nullable Object failures) {
    if (failures instanceof Exception pipe) {
      for (Throwable failure : pipe.getSuppressed()) {
        if (failure instanceof CommandNotFoundException unknown) {
          return fail(unknown);
        }
      }
    }
    return exitCode(failures == null ? 0 : 1);
  }

  private int exitCode(int otherwise) {
    return session.get(EXIT) instanceof Integer code ? code : otherwise;
  }

  private static void printLine(CommandOutput to, String text) {
    byte[] line = (text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8);
    to.write(line, 0, line.length);
  }
}
