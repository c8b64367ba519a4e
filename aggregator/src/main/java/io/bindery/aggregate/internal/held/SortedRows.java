package io.bindery.aggregate.internal.held;

import io.bindery.source.RowReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are gathered, sorted by a key and then read, each as its key's bytes and its packed
 * values in pages. Rows with equal keys keep their order. For one thread.
 */
public final class SortedRows {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_ROWS = 8;

  /** The length of the key and that of the values. */
  static final int HEADER = 2 * Integer.BYTES;

  /** An address, and as much again for sorting. */
  private static final int BYTES_A_ROW = 2 * Long.BYTES;

  private final KeyBytes key;
  private final int width;
  private final Budget budget;
  private final Packing packing = new Packing();
  private final Packing.Unpacking unpacking = new Packing.Unpacking();
  private final Pages pages;
  private long[] addresses = new long[0];
  private int count;
  private int read;
  private @Nullable KeyBytes ceiling;

  /**
   * No rows yet.
   *
   * @param key what they are sorted by
   * @param width how many columns they have
   * @param budget what they may take
   */
  public SortedRows(KeyBytes key, int width, Budget budget) {
    this.key = key;
    this.width = width;
    this.budget = budget;
    this.pages = new Pages(budget);
  }

  /** How many rows there are. */
  public int count() {
    return count;
  }

  /**
   * Adds the row that a reader stands on, unless it comes after all that are to stay.
   *
   * @return whether there was room for it
   */
  public boolean add(RowReader row) {
    key.read(row);
    if (ceiling != null && key.compareTo(ceiling) >= 0) {
      return true;
    }
    packing.clear();
    for (int i = 0; i < width; i++) {
      packing.add(row.value(i));
    }
    return addPacked();
  }

  /**
   * Adds a row.
   *
   * @param values its values, which the key does not look at
   * @return whether there was room for it
   */
  public boolean add(@Nullable Object[] values) {
    packing.clear();
    for (Object value : values) {
      packing.add(value);
    }
    return addPacked();
  }

  private boolean addPacked() {
    int length = HEADER + key.size() + packing.size();
    long address = count < addresses.length || grow() ? pages.room(length) : 0;
    if (address == 0) {
      return false;
    }
    byte[] page = pages.page(address);
    int at = Pages.offset(address);
    INT.set(page, at, key.size());
    INT.set(page, at + Integer.BYTES, packing.size());
    System.arraycopy(key.bytes(), 0, page, at + HEADER, key.size());
    System.arraycopy(packing.bytes(), 0, page, at + HEADER + key.size(), packing.size());
    addresses[count++] = address;
    return true;
  }

  private boolean grow() {
    int more = Math.max(FIRST_ROWS, 2 * addresses.length);
    if (!budget.take((long) more * BYTES_A_ROW)) {
      return false;
    }
    budget.giveBack((long) addresses.length * BYTES_A_ROW);
    addresses = Arrays.copyOf(addresses, more);
    return true;
  }

  /** Sorts the rows; reading begins with the first. */
  public void sort() {
    long[] from = addresses.clone();
    sort(from, addresses, 0, count);
    read = 0;
  }

  /** Merges the sorted halves of one array into the other. */
  private void sort(long[] from, long[] to, int low, int high) {
    if (high - low < 2) {
      return;
    }
    int middle = (low + high) >>> 1;
    sort(to, from, low, middle);
    sort(to, from, middle, high);
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      boolean takeLeft = right >= high || (left < middle && compare(from[left], from[right]) <= 0);
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }

  private int compare(long left, long right) {
    byte[] a = pages.page(left);
    byte[] b = pages.page(right);
    int inA = Pages.offset(left);
    int inB = Pages.offset(right);
    int keyA = inA + HEADER;
    int keyB = inB + HEADER;
    return Arrays.compareUnsigned(
        a, keyA, keyA + (int) INT.get(a, inA), b, keyB, keyB + (int) INT.get(b, inB));
  }

  /** The values of the next row, or null behind the last. */
  public @Nullable Object @Nullable [] next() {
    if (read == count) {
      return null;
    }
    long address = addresses[read++];
    byte[] page = pages.page(address);
    int at = Pages.offset(address);
    unpacking.from(page, at + HEADER + (int) INT.get(page, at));
    @Nullable Object[] row = new Object[width];
    for (int i = 0; i < width; i++) {
      row[i] = unpacking.next();
    }
    return row;
  }

  /**
   * Sorts the rows and lets go of all but the first, which needs no room.
   *
   * @param rows how many stay, at least 1
   */
  public void keep(int rows) {
    if (count <= rows) {
      return;
    }
    sort();
    long[] kept = Arrays.copyOf(addresses, rows);
    Arrays.sort(kept);
    long[] moved = kept.clone();
    pages.keep(moved, this::length);
    for (int i = 0; i < rows; i++) {
      addresses[i] = moved[Arrays.binarySearch(kept, addresses[i])];
    }
    count = rows;
    long lastRow = addresses[rows - 1];
    byte[] page = pages.page(lastRow);
    int at = Pages.offset(lastRow);
    ceiling = key.fresh();
    ceiling.set(page, at + HEADER, (int) INT.get(page, at));
  }

  private int length(long address) {
    byte[] page = pages.page(address);
    int at = Pages.offset(address);
    return HEADER + (int) INT.get(page, at) + (int) INT.get(page, at + Integer.BYTES);
  }

  /** Writes all rows as they lie, in their order. */
  void write(SpillFile file) {
    for (int i = 0; i < count; i++) {
      long address = addresses[i];
      file.write(pages.page(address), Pages.offset(address), length(address));
    }
  }

  /** Lets go of the rows; those that would come after all that are to stay still would. */
  void empty() {
    pages.clear();
    count = 0;
    read = 0;
  }

  /** Lets go of everything. */
  public void clear() {
    empty();
    budget.giveBack((long) addresses.length * BYTES_A_ROW);
    addresses = new long[0];
    ceiling = null;
  }
}
