package io.bindery.control.internal;

import java.io.EOFException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person is told of a command that failed.
 *
 * @param message one line
 * @param isUsage whether the command was typed wrongly
 */
record Failure(String message, boolean isUsage) {
  private static final Logger logger = LoggerFactory.getLogger(Failure.class);
  private static final Pattern COERCION =
      Pattern.compile("Cannot coerce (\\S+)\\((.*)\\) to any of \\[(.*)]", Pattern.DOTALL);

  /** The failure behind what was thrown; faults of a program go to the log with their trace. */
  static Failure of(Throwable thrown, Set<String> commands) {
    Throwable cause = unwrap(thrown);
    String unknown = unknownCommand(cause);
    if (unknown != null) {
      return new Failure("unknown command '" + unknown + "'" + hint(unknown, commands), true);
    }
    log("command", cause);
    String message = messageOf(cause);
    Matcher coercion = COERCION.matcher(message);
    if (coercion.matches()) {
      return new Failure(wrongArguments(coercion), true);
    }
    boolean unreadable = cause instanceof EOFException || isSyntaxError(cause);
    return new Failure(unreadable ? "cannot read the line: " + message : message, unreadable);
  }

  /** Notes what was thrown: a fault of a program as a warning with its trace, the rest silently. */
  static void log(String what, Throwable thrown) {
    if (isFault(thrown)) {
      logger.warn("{} failed by a fault of the program", what, thrown);
    } else {
      logger.debug("{} failed", what, thrown);
    }
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && isWrapper(cause)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isWrapper(Throwable thrown) {
    return thrown instanceof ExecutionException
        || thrown instanceof InvocationTargetException
        || thrown instanceof UndeclaredThrowableException
        || thrown.getMessage() == null
        || (thrown.getCause() != null && thrown.getMessage().equals(thrown.getCause().toString()));
  }

  private static @Nullable String unknownCommand(Throwable cause) {
    if (cause instanceof UnknownCommandException) {
      return cause.getMessage();
    }
    return cause instanceof CommandNotFoundException unknown ? unknown.getCommand() : null;
  }

  private static String hint(String unknown, Set<String> commands) {
    Optional<String> near = CommandNames.nearest(unknown, commands);
    return near.map(name -> " (did you mean " + name + "?)").orElse(" ('help' lists all)");
  }

  private static String messageOf(Throwable cause) {
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return cause.getClass().getSimpleName();
    }
    boolean telling = !(cause instanceof Error) && !isFault(cause);
    String line = message.strip().replaceAll("\\s*\\R\\s*", "; ");
    return telling ? line : cause.getClass().getSimpleName() + ": " + line;
  }

  private static String wrongArguments(Matcher coercion) {
    String given = coercion.group(2).isEmpty() ? "nothing" : "(" + coercion.group(2) + ")";
    return "command '%s': wrong arguments: takes %s, was given %s ('help %s' says more)"
        .formatted(coercion.group(1), coercion.group(3), given, coercion.group(1));
  }

  private static boolean isSyntaxError(Throwable cause) {
    return cause.getClass().getName().equals("org.apache.felix.gogo.runtime.SyntaxError");
  }

  private static boolean isFault(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof NullPointerException
          || cause instanceof ClassCastException
          || cause instanceof IndexOutOfBoundsException
          || cause instanceof LinkageError
          || cause instanceof VirtualMachineError
          || cause instanceof AssertionError) {
        return true;
      }
    }
    return false;
  }
}
