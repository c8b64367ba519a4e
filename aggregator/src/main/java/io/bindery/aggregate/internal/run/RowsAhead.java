package io.bindery.aggregate.internal.run;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one source between the thread that reads them from the database and the one that takes
 * them: so many, and no more. Both change places with what they have in bulk, since waking each
 * other costs more than a row does.
 */
final class RowsAhead {
  /** What an object takes beside its content. */
  private static final int OBJECT = 24;

  private static final int USUAL_ROWS = 128;

  /** So many are worth waking somebody. */
  private static final int ENOUGH_ROWS = 32;

  /** How long who has waited for a row waits for more of them. */
  private static final long MORE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final long mostBytes;
  private ArrayDeque<@Nullable Object[]> read = new ArrayDeque<>();
  private ArrayDeque<@Nullable Object[]> taken = new ArrayDeque<>();
  private int mostRows = USUAL_ROWS;
  private long bytes;
  private boolean reading;
  private boolean wanted;
  private boolean finished;
  private boolean cut;
  private @Nullable Throwable failure;

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
    mostRows = Integer.MAX_VALUE;
  }

  /** Whether the caller is to read rows now: nobody else does, and there is room. */
  synchronized boolean claim() {
    boolean claimed = !reading && !finished && !cut && hasRoom();
    reading |= claimed;
    return claimed;
  }

  private boolean hasRoom() {
    return read.isEmpty() || read.size() < mostRows && bytes < mostBytes;
  }

  /**
   * Adds a row.
   *
   * @return whether there is room for another one; if not, the reading thread must leave
   */
  synchronized boolean put(@Nullable Object[] row) {
    read.add(row);
    bytes += bytes(row);
    reading = hasRoom() && !cut;
    if (wanted && (read.size() == 1 || read.size() == ENOUGH_ROWS || !reading)) {
      notifyAll();
    }
    return reading;
  }

  /** About how much memory a row takes. */
  private static long bytes(@Nullable Object[] row) {
    long sum = OBJECT;
    for (Object value : row) {
      sum += Long.BYTES;
      if (value instanceof String text) {
        sum += 2 * OBJECT + text.length();
      } else if (value instanceof byte[] array) {
        sum += OBJECT + array.length;
      } else if (value != null) {
        sum += value instanceof BigDecimal ? 2 * OBJECT : OBJECT;
      }
    }
    return sum;
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
  }

  /** Throws away what there is; whoever waits for a row gets none. */
  synchronized void cut() {
    cut = true;
    read.clear();
    notifyAll();
  }

  /** A row that is there already, or null. For the taking thread. */
  @Nullable Object @Nullable [] poll() {
    return taken.poll();
  }

  /** Waits for the next row; null when there is none. For the taking thread. */
  @Nullable Object @Nullable [] take() throws InterruptedException {
    synchronized (this) {
      wanted = true;
      while (read.isEmpty() && !finished && !cut) {
        wait();
      }
      if (read.size() < ENOUGH_ROWS && reading) {
        TimeUnit.NANOSECONDS.timedWait(this, MORE_NANOS);
      }
      wanted = false;
      ArrayDeque<@Nullable Object[]> empty = taken;
      taken = read;
      read = empty;
      bytes = 0;
    }
    return taken.poll();
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
