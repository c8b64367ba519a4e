package io.bindery.samples.company;

import java.util.List;

/**
 * Random numbers as a function of a row and a purpose: no row depends on the rows before it, so
 * that any part of the data can be made by itself.
 *
 * @param table keeps the tables apart
 * @param row the row's number
 */
record Dice(long table, long row) {
  /**
   * A number from 0 to {@code bound - 1}, all equally likely.
   *
   * @param purpose the same purpose gives the same number
   */
  int upTo(int purpose, int bound) {
    return (int) Math.floorMod(mixed(purpose), (long) bound);
  }

  /** True in {@code percent} of a hundred cases. */
  boolean chance(int purpose, int percent) {
    return upTo(purpose, 100) < percent;
  }

  /** A number from 0 (included) to 1 (excluded). */
  double fraction(int purpose) {
    return (mixed(purpose) >>> 11) * 0x1.0p-53;
  }

  /** One of {@code choices}. */
  <T> T pick(int purpose, List<T> choices) {
    return choices.get(upTo(purpose, choices.size()));
  }

  /** The finalizer of SplitMix64: each bit of the input changes half the bits of the output. */
  private long mixed(int purpose) {
    long z = (table * 64 + purpose) * 0xd1342543de82ef95L + row * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
