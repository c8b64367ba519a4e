package io.bindery.shell.internal.rows;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.words.Arguments;
import io.bindery.source.Deadline;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The time that a command may take, from now on.
 *
 * @param duration how long
 * @param deadline until when
 */
public record TimeAllowed(Duration duration, Deadline deadline) {
  /**
   * What {@code --timeout} says.
   *
   * @param arguments a command's words
   * @param otherwise how long it may take if nothing is said
   */
  public static TimeAllowed of(Arguments arguments, Duration otherwise) {
    Duration duration = arguments.time("--timeout", otherwise);
    return new TimeAllowed(duration, Deadline.in(duration));
  }

  /**
   * Does work that heeds this time; if it runs out, the error says how long it was and what helps.
   *
   * @param work the work
   * @return what the work returns
   */
  public <T> T within(Supplier<T> work) {
    try {
      return work.get();
    } catch (BinderyException e) {
      if (e.code() != ErrorCode.TIMEOUT || !deadline.isPast()) {
        throw e;
      }
      String message =
          "%s; the time allowed was %s: give more with --timeout, or ask for less"
              .formatted(e.getMessage(), text());
      throw new BinderyException(e.code(), e.bindKey(), message, e);
    }
  }

  private String text() {
    long millis = duration.toMillis();
    return millis % 1_000 == 0
        ? String.format(Locale.ROOT, "%,d s", millis / 1_000)
        : String.format(Locale.ROOT, "%,d ms", millis);
  }
}
