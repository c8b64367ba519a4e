package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.plan.Memory;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;

/** What one aggregate holds in memory during one run. For one thread at a time. */
final class Budget {
  private final Memory memory;
  private long used;
  private long rows;

  Budget(Memory memory) {
    this.memory = memory;
  }

  /**
   * Takes a row's bytes.
   *
   * @param bytes about how many
   * @param doing what holds the row, such as {@code "sorting"}
   * @param remedy how to do without
   * @throws BinderyException CONFIGURATION when there are none left
   */
  void take(long bytes, String doing, String remedy) {
    used += bytes;
    rows++;
    if (used > memory.limit()) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "aggregate '%s': %s holds %d rows, which is more than memory.limit = %s; %s, or raise memory.limit"
              .formatted(memory.aggregate(), doing, rows, size(memory.limit()), remedy));
    }
  }

  void giveBack(long bytes, long count) {
    used -= bytes;
    rows -= count;
  }

  private static String size(long bytes) {
    if (bytes >= 1 << 20) {
      return (bytes >> 20) + " MiB";
    }
    return bytes >= 1 << 10 ? (bytes >> 10) + " KiB" : bytes + " B";
  }
}
