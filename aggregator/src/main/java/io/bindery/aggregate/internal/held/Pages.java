package io.bindery.aggregate.internal.held;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToIntFunction;

/**
 * Bytes one behind the other in large arrays, each stretch in one of them. An address is the page's
 * number and the place in it; none is 0. For one thread.
 */
final class Pages {
  /** Fewer bits than a long has, so that others can stand beside an address. */
  static final int ADDRESS_BITS = 40;

  private static final int OFFSET_BITS = 16;
  private static final int LARGEST = 1 << OFFSET_BITS;
  private static final int SMALLEST = 256;
  private static final int HEADER = 16;

  private final Budget budget;
  private final List<byte[]> pages = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private byte[] last = new byte[0];
  private int used;
  private long taken;

  Pages(Budget budget) {
    this.budget = budget;
  }

  /**
   * Makes room.
   *
   * @param length how many bytes
   * @return their address, or 0 when the budget does not allow them
   */
  long room(int length) {
    if (last.length - used < length && !page(length)) {
      return 0;
    }
    long address = (long) (pages.size() - 1) << OFFSET_BITS | used;
    used += length;
    return address;
  }

  /** The first byte stays unused, so that no address is 0. */
  private boolean page(int length) {
    int usual = pages.isEmpty() ? SMALLEST : Math.min(LARGEST, 2 * last.length);
    int size = Math.max(usual, length + 1);
    if (!budget.take(size + HEADER)) {
      return false;
    }
    taken += size + HEADER;
    if (!pages.isEmpty()) {
      ends.add(used);
    }
    last = new byte[size];
    pages.add(last);
    used = pages.size() == 1 ? 1 : 0;
    return true;
  }

  byte[] page(long address) {
    return pages.get((int) (address >>> OFFSET_BITS));
  }

  static int offset(long address) {
    return (int) address & LARGEST - 1;
  }

  /**
   * The stretch behind another.
   *
   * @param address that of a stretch, or 0 for the first
   * @param length how long that is
   * @return the address of the next, or 0 behind the last
   */
  long following(long address, int length) {
    if (pages.isEmpty()) {
      return 0;
    }
    if (address == 0) {
      return 1;
    }
    int number = (int) (address >>> OFFSET_BITS);
    int end = offset(address) + length;
    boolean lastPage = number == pages.size() - 1;
    if (end < (lastPage ? used : ends.get(number))) {
      return address + length;
    }
    return lastPage ? 0 : (long) (number + 1) << OFFSET_BITS;
  }

  /**
   * Moves some stretches together and lets go of all others. That needs no room: none moves up.
   *
   * @param addresses those that stay, ascending; each is replaced by where the stretch is then
   * @param length how long the stretch at an address is
   */
  void keep(long[] addresses, LongToIntFunction length) {
    int number = 0;
    int at = 1;
    for (int i = 0; i < addresses.length; i++) {
      int bytes = length.applyAsInt(addresses[i]);
      while (pages.get(number).length - at < bytes) {
        ends.set(number++, at);
        at = 0;
      }
      System.arraycopy(page(addresses[i]), offset(addresses[i]), pages.get(number), at, bytes);
      addresses[i] = (long) number << OFFSET_BITS | at;
      at += bytes;
    }
    long freed = 0;
    while (pages.size() > number + 1) {
      freed += pages.remove(pages.size() - 1).length + HEADER;
      ends.remove(ends.size() - 1);
    }
    budget.giveBack(freed);
    taken -= freed;
    last = pages.get(number);
    used = at;
  }

  /** Lets go of everything. */
  void clear() {
    budget.giveBack(taken);
    taken = 0;
    pages.clear();
    ends.clear();
    last = new byte[0];
    used = 0;
  }
}
