package io.bindery.bind.pool.internal.life;

import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: doubling from a first wait to a longest, each up to a fifth
 * shorter or longer so that many binds do not try in step.
 */
final class Backoff {
  private final long firstMillis;
  private final long longestMillis;
  private final DoubleSupplier random;
  private int tries;

  /**
   * Starts with the first wait.
   *
   * @param firstMillis the first wait
   * @param longestMillis the longest
   * @param random gives numbers from 0 to below 1
   */
  Backoff(long firstMillis, long longestMillis, DoubleSupplier random) {
    this.firstMillis = firstMillis;
    this.longestMillis = longestMillis;
    this.random = random;
  }

  long nextMillis() {
    long wait = Math.min(longestMillis, firstMillis << Math.min(tries, 20));
    tries++;
    return Math.round(wait * (0.8 + 0.4 * random.getAsDouble()));
  }

  void reset() {
    tries = 0;
  }
}
