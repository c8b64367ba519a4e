package io.bindery.aggregate;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one source did for one run.
 *
 * @param source the source's name
 * @param bind the bind's key, or null of a source that should be there and that no bind offers
 * @param status how it went
 * @param rows how many rows it gave
 * @param startedAt when its statement was sent, or null when it was not
 * @param millis how long it worked, in milliseconds
 * @param error what went wrong, naming the bind, or null
 */
public record Outcome(
    String source,
    @Nullable String bind,
    Status status,
    long rows,
    @Nullable Instant startedAt,
    long millis,
    @Nullable String error) {

  /** How a source did. */
  public enum Status {
    /** It is being read; never seen in a finished run. */
    RUNNING,
    /** It gave all that was asked of it. */
    OK,
    /** It failed. */
    FAILED,
    /** The deadline passed. */
    TIMED_OUT,
    /** It was not asked. */
    SKIPPED;

    /** The status as people read it, in lower case: {@code timed out}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
