package io.bindery.source;

import java.time.Duration;

/**
 * A moment until which work may take, on the clock of {@link System#nanoTime}.
 *
 * @param nanoTime the moment
 */
public record Deadline(long nanoTime) {
  /**
   * The moment that lies a time ahead.
   *
   * @param timeout how far; more than a century counts as a century
   */
  public static Deadline in(Duration timeout) {
    Duration century = Duration.ofDays(36_500);
    long nanos = timeout.compareTo(century) > 0 ? century.toNanos() : timeout.toNanos();
    return new Deadline(System.nanoTime() + nanos);
  }

  /** How long is left; zero when it is past. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  /** Whether nothing is left. */
  public boolean isPast() {
    return nanoTime - System.nanoTime() <= 0;
  }
}
