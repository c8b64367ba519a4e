package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.Outcome.Status;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;

/** What failures of sources are called. */
final class Failures {
  private Failures() {}

  /** A failure whose message names source and bind. */
  static BinderyException of(String source, String bind, Throwable caught) {
    String message = String.valueOf(caught.getMessage());
    boolean named = message.contains("'" + source + "'") && message.contains("'" + bind + "'");
    if (caught instanceof BinderyException known && named) {
      return known;
    }
    ErrorCode code = caught instanceof BinderyException known ? known.code() : ErrorCode.INTERNAL;
    String again = "bind '%s': ".formatted(bind);
    String reason =
        !(caught instanceof BinderyException)
            ? caught.toString()
            : message.startsWith(again) ? message.substring(again.length()) : message;
    return new BinderyException(
        code, bind, "source '%s' on bind '%s': %s".formatted(source, bind, reason), caught);
  }

  static BinderyException timeout(String source, String bind, String what) {
    return new BinderyException(
        ErrorCode.TIMEOUT,
        bind,
        "source '%s' on bind '%s': %s".formatted(source, bind, what),
        null);
  }

  static Status status(BinderyException failure) {
    return failure.code() == ErrorCode.TIMEOUT ? Status.TIMED_OUT : Status.FAILED;
  }
}
