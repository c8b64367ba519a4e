package io.bindery.aggregate.internal.held;

import io.bindery.aggregate.internal.expression.Slots;
import io.bindery.error.BinderyException;
import io.bindery.source.RowReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table of keys with slots beside each, all of it as bytes in pages: an entry is its slots, the
 * length of its key, and the key. A value lies in a cell of its own, whose address is in the slot;
 * one that grows out of its cell moves to a larger one. The table stands on one entry at a time.
 * For one thread.
 */
public final class KeyTable implements Slots {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ADDRESS = (1L << Pages.ADDRESS_BITS) - 1;
  private static final int FIRST_BUCKETS = 16;

  /** So many places can be told apart by the bits that stand beside an address. */
  private static final int MOST_PLACES = 1 << (Long.SIZE - Pages.ADDRESS_BITS);

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final Budget budget;
  private final KeyBytes shape;
  private final int slots;
  private final boolean exact;
  private final Pages entries;
  private final Pages cells;
  private final Packing packing = new Packing();
  private final Packing.Unpacking unpacking = new Packing.Unpacking();
  private final Supplier<? extends RuntimeException> refusal;
  private Buckets buckets = new Buckets(0);
  private long size;
  private byte[] page = new byte[0];
  private int offset;
  private long walked;
  private boolean over;

  /**
   * An empty table.
   *
   * @param shape any key of those that it will hold
   * @param slots how many slots each entry has
   * @param budget what its keys may take
   * @param values what values beside them may take
   * @param refusal is thrown when a value of an entry that is there finds no room
   */
  public KeyTable(
      KeyBytes shape, int slots, Budget budget, Budget values, Supplier<BinderyException> refusal) {
    this(shape, slots, shape.exact(), budget, values, refusal);
  }

  /**
   * An empty table that only tells which keys it has: their values cannot be had from it.
   *
   * @param shape any key of those that it will hold
   * @param budget what its keys may take
   */
  public KeyTable(KeyBytes shape, Budget budget) {
    this(shape, 0, true, budget, budget, () -> new IllegalStateException("no values"));
  }

  private KeyTable(
      KeyBytes shape,
      int slots,
      boolean exact,
      Budget budget,
      Budget values,
      Supplier<? extends RuntimeException> refusal) {
    this.shape = shape;
    this.exact = exact;
    this.slots = slots + (exact ? 0 : 1);
    this.budget = budget;
    this.refusal = refusal;
    this.entries = new Pages(budget);
    this.cells = new Pages(values);
  }

  /** How many keys it holds. */
  public long size() {
    return size;
  }

  /**
   * Goes to the entry of a key.
   *
   * @param key the key
   * @return whether there is one
   */
  public boolean find(KeyBytes key) {
    if (size == 0) {
      return false;
    }
    long hash = hash(key.bytes(), 0, key.size());
    int bucket = buckets.place(hash);
    for (long found = buckets.get(bucket); found != 0; found = buckets.get(bucket)) {
      if (((found ^ hash) & ~ADDRESS) == 0 && isAt(found & ADDRESS, key)) {
        return true;
      }
      bucket = bucket + 1 & buckets.count() - 1;
    }
    return false;
  }

  /**
   * Adds an entry for a key that is not there, and goes to it.
   *
   * @param key the key
   * @param row the row that it was taken out of
   * @return whether there was room for it
   */
  public boolean add(KeyBytes key, RowReader row) {
    if (2 * (size + 1) > buckets.count() && !grow()) {
      return false;
    }
    int length = slots * Long.BYTES + Integer.BYTES + key.size();
    long address = entries.room(length);
    if (address == 0) {
      return false;
    }
    go(address);
    int keyAt = offset + slots * Long.BYTES;
    INT.set(page, keyAt, key.size());
    System.arraycopy(key.bytes(), 0, page, keyAt + Integer.BYTES, key.size());
    long hash = hash(key.bytes(), 0, key.size());
    buckets.put(hash, hash & ~ADDRESS | address);
    size++;
    if (!exact) {
      value(slots - 1, key.values(row));
    }
    return true;
  }

  /** The values of the entry's key. */
  public @Nullable Object[] key() {
    if (!exact) {
      Object values = value(slots - 1);
      return values == null ? new Object[0] : (Object[]) values;
    }
    return shape.values(page, offset + slots * Long.BYTES + Integer.BYTES);
  }

  /**
   * Goes to the next entry in the order in which they were added, first of all to the first.
   *
   * @return false behind the last
   */
  public boolean walk() {
    if (over) {
      return false;
    }
    walked = entries.following(walked, walked == 0 ? 0 : lengthAt(walked));
    over = walked == 0;
    if (!over) {
      go(walked);
    }
    return !over;
  }

  private int lengthAt(long address) {
    int keyAt = Pages.offset(address) + slots * Long.BYTES;
    return slots * Long.BYTES + Integer.BYTES + (int) INT.get(entries.page(address), keyAt);
  }

  @Override
  public boolean isEmpty(int at) {
    return number(at) == 0;
  }

  @Override
  public long number(int at) {
    return (long) LONG.get(page, offset + at * Long.BYTES);
  }

  @Override
  public void number(int at, long number) {
    LONG.set(page, offset + at * Long.BYTES, number);
  }

  @Override
  public @Nullable Object value(int at) {
    long cell = number(at);
    return cell == 0
        ? null
        : unpacking.from(cells.page(cell), Pages.offset(cell) + Integer.BYTES).next();
  }

  @Override
  public void value(int at, Object value) {
    packing.clear();
    packing.add(value);
    long cell = number(at);
    if (cell == 0 || packing.size() > (int) INT.get(cells.page(cell), Pages.offset(cell))) {
      // one that has grown once will grow again
      int room = cell == 0 ? packing.size() : packing.size() + packing.size() / 2;
      cell = cells.room(Integer.BYTES + room);
      if (cell == 0) {
        throw refusal.get();
      }
      INT.set(cells.page(cell), Pages.offset(cell), room);
      number(at, cell);
    }
    System.arraycopy(
        packing.bytes(), 0, cells.page(cell), Pages.offset(cell) + Integer.BYTES, packing.size());
  }

  /** Lets go of everything. */
  public void clear() {
    entries.clear();
    cells.clear();
    budget.giveBack(buckets.bytes());
    buckets = new Buckets(0);
    size = 0;
    walked = 0;
  }

  private boolean isAt(long address, KeyBytes key) {
    byte[] candidate = entries.page(address);
    int keyAt = Pages.offset(address) + slots * Long.BYTES;
    int from = keyAt + Integer.BYTES;
    if ((int) INT.get(candidate, keyAt) != key.size()
        || !Arrays.equals(candidate, from, from + key.size(), key.bytes(), 0, key.size())) {
      return false;
    }
    go(address);
    return true;
  }

  private void go(long address) {
    page = entries.page(address);
    offset = Pages.offset(address);
  }

  private boolean grow() {
    int more = Math.max(FIRST_BUCKETS, 2 * buckets.count());
    if (!budget.take((long) more * Long.BYTES)) {
      return false;
    }
    Buckets wider = new Buckets(more);
    for (int i = 0; i < buckets.count(); i++) {
      long entry = buckets.get(i);
      if (entry != 0) {
        // the bits of the hash beside the address say where it belongs, unless they are too few
        wider.put(more <= MOST_PLACES ? entry : hashAt(entry & ADDRESS), entry);
      }
    }
    budget.giveBack(buckets.bytes());
    buckets = wider;
    return true;
  }

  private long hashAt(long address) {
    byte[] bytes = entries.page(address);
    int keyAt = Pages.offset(address) + slots * Long.BYTES;
    return hash(bytes, keyAt + Integer.BYTES, (int) INT.get(bytes, keyAt));
  }

  private static long hash(byte[] bytes, int from, int length) {
    long hash = length;
    int end = from + length;
    if (length < Long.BYTES) {
      for (int at = from; at < end; at++) {
        hash = hash << Byte.SIZE ^ bytes[at] & 0xFF;
      }
      return mixed(hash);
    }
    int last = end - Long.BYTES;
    for (int at = from; at < last; at += Long.BYTES) {
      hash = (hash ^ (long) LONG.get(bytes, at)) * GOLDEN;
      hash ^= hash >>> 32;
    }
    return mixed(hash ^ (long) LONG.get(bytes, last));
  }

  /** The finalizer of SplitMix64: each bit of the input changes half the bits of the output. */
  private static long mixed(long value) {
    long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
