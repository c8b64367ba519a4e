package io.bindery.aggregate.internal.held;

/**
 * An array of numbers, a power of two of them, in stretches: a large array in one piece may find no
 * room in a heap that has enough.
 */
final class Buckets {
  private static final int SHIFT = 12;
  private static final int STRETCH = 1 << SHIFT;

  private final long[][] stretches;
  private final int count;
  private final int shift;

  Buckets(int count) {
    this.count = count;
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(count);
    this.stretches = new long[Math.max(1, count / STRETCH)][Math.min(count, STRETCH)];
  }

  int count() {
    return count;
  }

  long bytes() {
    return (long) count * Long.BYTES;
  }

  long get(int at) {
    return stretches[at >>> SHIFT][at & STRETCH - 1];
  }

  /** Where to look first for what has a hash: its highest bits tell. */
  int place(long hash) {
    return (int) (hash >>> shift) & count - 1;
  }

  /** Puts a number into the first empty place from that of its hash on, round the end. */
  void put(long hash, long number) {
    int at = place(hash);
    while (get(at) != 0) {
      at = at + 1 & count - 1;
    }
    stretches[at >>> SHIFT][at & STRETCH - 1] = number;
  }
}
