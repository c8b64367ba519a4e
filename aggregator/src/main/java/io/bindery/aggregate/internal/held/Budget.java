package io.bindery.aggregate.internal.held;

import io.bindery.aggregate.internal.plan.Memory;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;

/**
 * What one aggregate holds in memory during one run, and what it may. What is taken are the bytes
 * of the arrays that hold the rows. Closing it may be done by any thread; all else is for one at a
 * time.
 */
public final class Budget implements AutoCloseable {
  private final Memory memory;
  private final HostMemory host;
  private long used;
  private boolean hostIsFull;
  private boolean closed;

  /**
   * For one aggregate of one run.
   *
   * @param memory what it may hold
   * @param host what it shares with all runs
   */
  public Budget(Memory memory, HostMemory host) {
    this.memory = memory;
    this.host = host;
  }

  /**
   * Takes memory.
   *
   * @param bytes how much
   * @return whether there was that much; nothing was taken when there was not
   */
  synchronized boolean take(long bytes) {
    if (closed) {
      return true; // whoever still reads is about to be told that the run is over
    }
    boolean fits = used + bytes <= memory.limit();
    hostIsFull = fits && !host.take(bytes);
    if (!fits || hostIsFull) {
      return false;
    }
    used += bytes;
    return true;
  }

  synchronized void giveBack(long bytes) {
    long some = Math.min(bytes, used);
    used -= some;
    host.giveBack(some);
  }

  /**
   * What to tell when there is no memory left.
   *
   * @param doing what needs it, such as {@code "sorting"}
   * @param rows how many rows it holds
   * @param remedy how to do without
   */
  public synchronized BinderyException refusal(String doing, long rows, String remedy) {
    String limit =
        hostIsFull
            ? "all runs together may hold (%s, of which this one has %s); run fewer at once, or %s,"
                    .formatted(size(host.limit()), size(used), remedy)
                + " or give the host more heap (BINDERY_OPTS=-Xmx...)"
            : "memory.limit = %s; %s, or raise memory.limit"
                .formatted(size(memory.limit()), remedy);
    return new BinderyException(
        ErrorCode.CONFIGURATION,
        "aggregate '%s': %s holds %d rows, which is more than %s"
            .formatted(memory.aggregate(), doing, rows, limit));
  }

  /** Gives everything back. */
  @Override
  public synchronized void close() {
    closed = true;
    giveBack(used);
  }

  private static String size(long bytes) {
    if (bytes >= 1 << 20) {
      return (bytes >> 20) + " MiB";
    }
    return bytes >= 1 << 10 ? (bytes >> 10) + " KiB" : bytes + " B";
  }
}
