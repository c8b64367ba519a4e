package io.bindery.aggregate.internal.held;

import java.util.concurrent.atomic.AtomicLong;

/** What all runs of this host hold together. Safe for all threads. */
public final class HostMemory {
  private static final long REST = 32L << 20;

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /**
   * Memory of a size.
   *
   * @param limit how many bytes all runs may hold together
   */
  public HostMemory(long limit) {
    this.limit = limit;
  }

  /**
   * What a JVM can spare: half of its heap, without the 32 MiB that a host and the rows in flight
   * need.
   *
   * @param heap the size that the heap may grow to, in bytes
   */
  public static HostMemory of(long heap) {
    return new HostMemory(Math.max(heap / 8, (heap - REST) / 2));
  }

  long limit() {
    return limit;
  }

  /** How many bytes all runs hold now. */
  public long used() {
    return used.get();
  }

  boolean take(long bytes) {
    if (used.addAndGet(bytes) <= limit) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }
}
