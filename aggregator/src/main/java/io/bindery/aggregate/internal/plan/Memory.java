package io.bindery.aggregate.internal.plan;

/**
 * How much an aggregate may hold in memory, and on the disk beyond that.
 *
 * @param aggregate its name
 * @param limit how many bytes in memory
 * @param spill how many bytes on the disk, 0 for none
 */
public record Memory(String aggregate, long limit, long spill) {
  private static final long DEFAULT = 64L << 20;

  /** What an aggregate may hold when its definition does not say. */
  public static long defaultLimit() {
    return Math.min(DEFAULT, Runtime.getRuntime().maxMemory() / 4);
  }
}
