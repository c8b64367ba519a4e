package io.bindery.aggregate.internal.held;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all runs of this host hold together, and where they put what they cannot hold. Safe for all
 * threads.
 */
public final class HostMemory {
  private static final long REST = 32L << 20;

  private final long limit;
  private final Path folder;
  private final AtomicLong used = new AtomicLong();

  /**
   * Memory of a size.
   *
   * @param limit how many bytes all runs may hold together
   * @param folder where files are made for what does not fit; need not exist
   */
  public HostMemory(long limit, Path folder) {
    this.limit = limit;
    this.folder = folder;
  }

  /**
   * What a JVM can spare: half of its heap, without the 32 MiB that a host and the rows in flight
   * need.
   *
   * @param heap the size that the heap may grow to, in bytes
   * @param folder where files are made for what does not fit; need not exist
   */
  public static HostMemory of(long heap, Path folder) {
    return new HostMemory(Math.max(heap / 8, (heap - REST) / 2), folder);
  }

  Path folder() {
    return folder;
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
