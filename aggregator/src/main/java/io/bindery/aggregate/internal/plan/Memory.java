package io.bindery.aggregate.internal.plan;

/**
 * How much an aggregate may hold in memory.
 *
 * @param aggregate its name
 * @param limit how many bytes
 */
public record Memory(String aggregate, long limit) {
  private static final long DEFAULT = 64L << 20;

  /** What an aggregate may hold when its definition does not say. */
  public static long defaultLimit() {
    return Math.min(DEFAULT, Runtime.getRuntime().maxMemory() / 4);
  }
}
