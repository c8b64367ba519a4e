package io.bindery.mybatis.internal.session;

import io.bindery.source.Deadline;
import java.time.Duration;

/**
 * How long things may take.
 *
 * @param drain how long what runs may go on when its model is stopped
 * @param grace how long the sources of a stopped model wait for its new code
 * @param call how long the statements of one mapper call may run
 * @param unit how long a unit of work may last that says nothing else
 */
public record Timeouts(Duration drain, Duration grace, Duration call, Duration unit) {
  /** What holds unless something else is set. */
  public static final Timeouts USUAL =
      new Timeouts(
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(300));

  /** The longest that anybody waits for a bind that is starting or whose type is replaced. */
  private static final Duration BIND_WAIT = Duration.ofSeconds(5);

  /**
   * How long to wait for a bind that is starting or whose type is replaced.
   *
   * @param deadline when the caller's time is over
   */
  public static Duration bindWait(Deadline deadline) {
    Duration remaining = deadline.remaining();
    return remaining.compareTo(BIND_WAIT) < 0 ? remaining : BIND_WAIT;
  }
}
