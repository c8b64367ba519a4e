package io.bindery.shell.internal;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.text.OutputClosedException;
import io.bindery.shell.internal.text.Utf8Output;
import io.bindery.shell.internal.words.Arguments;
import io.bindery.shell.internal.words.Usage;
import io.bindery.shell.internal.words.UsageException;
import java.io.IOException;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;

/** What every command does around its own work. */
final class Invocation {
  /** The session variable that tells the caller how the command ended. */
  static final String EXIT = "bindery.exit";

  private static final int WRONG_USAGE = 2;
  private static final int PARTIAL = 4;

  private Invocation() {}

  /** The work of a command. */
  @FunctionalInterface
  interface Work {
    void with(Arguments arguments);
  }

  /** Something to print. */
  @FunctionalInterface
  interface Printed {
    void on(Utf8Output out) throws IOException;
  }

  /** Sorts a command's words, then does its work or explains it. */
  static void of(CommandSession session, Usage usage, @Nullable Object[] words, Work work) {
    session.put(EXIT, null);
    try {
      Arguments arguments = usage.parse(words);
      if (arguments.help()) {
        print(out -> out.text(usage.help()));
      } else {
        work.with(arguments);
      }
    } catch (UsageException e) {
      session.put(EXIT, WRONG_USAGE);
      throw e;
    }
  }

  /** Tells the caller that there is an answer, but not a complete one. */
  static void partial(CommandSession session) {
    session.put(EXIT, PARTIAL);
  }

  /** Prints in the format that {@code --format} says: as a table if it says nothing. */
  static void print(Arguments arguments, Printed json, Printed table) {
    print(arguments.option("--format", "table").equals("json") ? json : table);
  }

  /** Prints to the command's output; ends quietly when nobody reads. */
  static void print(Printed printed) {
    Utf8Output out = Utf8Output.to(System.out, () -> {});
    try {
      printed.on(out);
      out.flush();
    } catch (OutputClosedException e) {
      // nobody reads: nothing is left to do
    } catch (IOException e) {
      throw new BinderyException(ErrorCode.UNAVAILABLE, null, "cannot print: " + e.getMessage(), e);
    }
  }
}
