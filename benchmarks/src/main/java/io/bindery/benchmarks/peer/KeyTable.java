package io.bindery.benchmarks.peer;

import java.util.Arrays;

/**
 * A count and a sum for each key: open addressing, the bytes of all keys in one array. What a
 * person writes who wants a hash join by hand to be fast.
 */
final class KeyTable {
  private int[] slots = new int[1 << 12];
  private int[] hashes = new int[1 << 11];
  private int[] ends = new int[(1 << 11) + 1];
  private long[] counts = new long[1 << 11];
  private long[] sums = new long[1 << 11];
  private byte[] bytes = new byte[1 << 15];
  private int size;

  /** Adds to the count and the sum of a key. */
  void add(byte[] key, long count, long sum) {
    int entry = find(key);
    if (entry < 0) {
      entry = insert(key);
    }
    counts[entry] += count;
    sums[entry] += sum;
  }

  /** The entry of a key, -1 when there is none. */
  int find(byte[] key) {
    int hash = hash(key);
    for (int at = hash & (slots.length - 1); slots[at] != 0; at = (at + 1) & (slots.length - 1)) {
      int entry = slots[at] - 1;
      if (hashes[entry] == hash
          && Arrays.equals(bytes, ends[entry], ends[entry + 1], key, 0, key.length)) {
        return entry;
      }
    }
    return -1;
  }

  long count(int entry) {
    return entry < 0 ? 0 : counts[entry];
  }

  long sum(int entry) {
    return entry < 0 ? 0 : sums[entry];
  }

  private int insert(byte[] key) {
    if (size == hashes.length) {
      grow();
    }
    int entry = size++;
    int start = ends[entry];
    if (start + key.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, start + key.length));
    }
    System.arraycopy(key, 0, bytes, start, key.length);
    ends[entry + 1] = start + key.length;
    hashes[entry] = hash(key);
    place(entry);
    return entry;
  }

  private void grow() {
    int wanted = 2 * hashes.length;
    hashes = Arrays.copyOf(hashes, wanted);
    ends = Arrays.copyOf(ends, wanted + 1);
    counts = Arrays.copyOf(counts, wanted);
    sums = Arrays.copyOf(sums, wanted);
    slots = new int[2 * wanted];
    for (int entry = 0; entry < size; entry++) {
      place(entry);
    }
  }

  private void place(int entry) {
    int at = hashes[entry] & (slots.length - 1);
    while (slots[at] != 0) {
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = entry + 1;
  }

  private static int hash(byte[] key) {
    int hash = Arrays.hashCode(key) * 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }
}
