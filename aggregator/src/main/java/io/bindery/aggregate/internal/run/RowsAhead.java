package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.internal.held.RowBlock;
import io.bindery.aggregate.internal.held.RowCursor;
import io.bindery.aggregate.internal.held.RowLayout;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one source between the thread that reads them from the database and the one that takes
 * them: so many, and no more. They lie in blocks, of which the last is being filled while the first
 * is being taken; a lock is needed for a block, not for a row.
 */
final class RowsAhead {
  private static final int FIRST_ROWS = 32;
  private static final int MOST_ROWS = 1024;
  private static final int FIRST_BYTES = 1 << 11;
  private static final int MOST_BYTES = 1 << 16;

  /** How many blocks may wait behind the one that is being taken. */
  private static final int USUAL_BLOCKS = 3;

  /** So many rows are worth waking somebody. */
  private static final int ENOUGH_ROWS = 512;

  /** How long who wants a row waits for many of them. */
  private static final long MORE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final int NOBODY = Integer.MAX_VALUE;

  private final long mostBytes;
  private final ArrayDeque<RowBlock> blocks = new ArrayDeque<>();
  private int mostBlocks = USUAL_BLOCKS;
  private long bytes;
  private int size;
  private @Nullable RowBlock filling;
  private @Nullable RowBlock spare;
  private boolean reading;
  private boolean finished;
  private boolean cut;
  private @Nullable Throwable failure;

  /** At how many rows in its block the reading thread is to wake the other, or to look why not. */
  private volatile int wanted = NOBODY;

  private @Nullable RowBlock taking;
  private int at = -1;
  private int known;

  /**
   * Room for rows.
   *
   * @param mostBytes how much memory they may take; there is always room for one
   */
  RowsAhead(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** From now on only the memory bounds the rows: others wait for what their source holds. */
  synchronized void widen() {
    mostBlocks = Integer.MAX_VALUE;
  }

  /** Whether the caller is to read rows now: nobody else does, and there is room. */
  synchronized boolean claim() {
    boolean claimed = !reading && !finished && !cut && hasRoom() && blocks.size() <= mostBlocks / 2;
    reading |= claimed;
    return claimed;
  }

  private boolean hasRoom() {
    return blocks.isEmpty() || blocks.size() < mostBlocks && bytes < mostBytes;
  }

  /**
   * Where the next row belongs. For the reading thread.
   *
   * @param layout how its rows lie
   * @return null when there is no room for further rows, so that the reading thread must leave
   */
  synchronized @Nullable RowBlock room(RowLayout layout) {
    if (cut) {
      reading = false;
      return null;
    }
    if (filling != null && !filling.isFull()) {
      return filling;
    }
    reading = hasRoom();
    return reading ? begin(layout, 0) : null;
  }

  /**
   * A new block for a row that has found no room. For the reading thread.
   *
   * @param layout how its rows lie
   * @param least how many bytes must fit into it
   */
  synchronized RowBlock begin(RowLayout layout, int least) {
    RowBlock next = spare;
    spare = null;
    if (next == null || next.capacity() < least) {
      int usual = (int) Math.max(FIRST_BYTES, Math.min(MOST_BYTES, mostBytes / USUAL_BLOCKS));
      int grown = size == 0 ? FIRST_BYTES : Math.min(usual, 2 * size);
      size = Math.max(grown, size);
      int rows = Math.min(MOST_ROWS, FIRST_ROWS * (size / FIRST_BYTES));
      next = new RowBlock(layout, rows, Math.max(size, least));
    }
    if (filling != null && filling != taking && filling.rows() == 0) {
      blocks.remove(filling);
      bytes -= filling.memory();
    }
    filling = next.emptied();
    blocks.add(next);
    bytes += next.memory();
    wake();
    return next;
  }

  /** At how many rows in its block the reading thread is to call {@link #wake}. */
  int wanted() {
    return wanted;
  }

  /**
   * Wakes whoever waits for rows.
   *
   * @return whether further rows are wanted
   */
  synchronized boolean wake() {
    if (wanted != NOBODY && !cut) {
      wanted = NOBODY;
      notifyAll();
    }
    return !cut;
  }

  /**
   * There are no more rows; only the first time counts.
   *
   * @param why the failure that whoever takes the last row is told, or null
   */
  synchronized void finish(@Nullable Throwable why) {
    if (!finished) {
      finished = true;
      failure = why;
    }
    reading = false;
    notifyAll();
  }

  /** The reading thread leaves, though there is room. */
  synchronized void pause() {
    reading = false;
    notifyAll();
  }

  /** Throws away what there is; whoever waits for a row gets none. */
  synchronized void cut() {
    cut = true;
    wanted = 0;
    blocks.clear();
    spare = null;
    notifyAll();
  }

  /**
   * Goes to the next row if it is known to be there. For the taking thread.
   *
   * @param cursor is moved
   */
  boolean poll(RowCursor cursor) {
    RowBlock block = taking;
    if (block == null || at + 1 >= known) {
      return false;
    }
    cursor.go(block, ++at);
    return true;
  }

  /**
   * Waits for the next row and goes to it; false when there is none. For the taking thread.
   *
   * @param cursor is moved
   */
  boolean take(RowCursor cursor) throws InterruptedException {
    synchronized (this) {
      long since = System.nanoTime();
      boolean patient = true;
      while (!cut && !isEnough(patient)) {
        if (finished && there() == 0) {
          return false;
        }
        wanted = (taking == filling ? at + 1 : 0) + (patient ? ENOUGH_ROWS : 1);
        if (isEnough(patient)) {
          break; // it came before the reading thread could know that it is waited for
        }
        if (patient) {
          TimeUnit.NANOSECONDS.timedWait(this, MORE_NANOS);
          patient = System.nanoTime() - since < MORE_NANOS;
        } else {
          wait();
        }
      }
      if (cut) {
        return false;
      }
      wanted = NOBODY;
    }
    return poll(cursor);
  }

  /** Whether it is worth going on: with many rows, or with as many as there are for the moment. */
  private boolean isEnough(boolean patient) {
    int there = there();
    known = at + 1 + there;
    return there >= ENOUGH_ROWS || there > 0 && (!patient || !reading || taking != filling);
  }

  /** How many rows there are in the block that is being taken, which is the next one that has. */
  private int there() {
    while (true) {
      RowBlock block = taking;
      boolean whole = block != filling;
      int there = block == null ? 0 : block.rows() - at - 1;
      if (there > 0 || !whole && block != null || blocks.isEmpty()) {
        return there;
      }
      if (block != null && block.capacity() <= size) {
        spare = block;
      }
      taking = blocks.remove();
      bytes -= taking.memory();
      at = -1;
    }
  }

  /** Whether there are no more rows than those that are there. */
  synchronized boolean isFinished() {
    return finished;
  }

  /** What the rows ended with, or null. */
  synchronized @Nullable Throwable failure() {
    return failure;
  }
}
