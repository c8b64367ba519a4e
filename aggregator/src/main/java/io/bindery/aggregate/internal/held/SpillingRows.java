package io.bindery.aggregate.internal.held;

import io.bindery.source.RowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are gathered, sorted and then read. What does not fit into memory goes to a file in
 * sorted runs, where the aggregate may write one. Rows with equal keys keep their order. For one
 * thread.
 */
public final class SpillingRows {
  /** So many runs are read at once; more are merged into one first. */
  private static final int MOST_RUNS = 64;

  private final SortedRows rows;
  private final int width;
  private final Budget budget;
  private final Packing.Unpacking unpacking = new Packing.Unpacking();
  private final List<Long> ends = new ArrayList<>();
  private final PriorityQueue<SpilledRun> runs = new PriorityQueue<>();
  private @Nullable SpillFile file;
  private long count;

  /**
   * No rows yet.
   *
   * @param key what they are sorted by
   * @param width how many columns they have
   * @param budget what they may take
   */
  public SpillingRows(KeyBytes key, int width, Budget budget) {
    this.rows = new SortedRows(key, width, budget);
    this.width = width;
    this.budget = budget;
  }

  /** How many rows were added. */
  public long count() {
    return count;
  }

  /** How many rows are in memory. */
  int held() {
    return rows.count();
  }

  /**
   * Adds the row that a reader stands on, unless it comes after all that are to stay.
   *
   * @return whether there was room for it
   */
  public boolean add(RowReader row) {
    count++;
    if (rows.add(row)) {
      return true;
    }
    if (!budget.spills() || rows.count() == 0) {
      return false;
    }
    spill();
    return rows.add(row);
  }

  /**
   * Adds a row.
   *
   * @param values its values, which the key does not look at
   * @return whether there was room for it
   */
  public boolean add(@Nullable Object[] values) {
    count++;
    if (rows.add(values)) {
      return true;
    }
    if (!budget.spills() || rows.count() == 0) {
      return false;
    }
    spill();
    return rows.add(values);
  }

  /**
   * Lets go of all rows that come after the first, as far as that is easily done.
   *
   * @param first how many stay at least
   */
  public void keep(long first) {
    if (rows.count() / 2 >= first) {
      rows.keep((int) first);
    }
  }

  /** Sorts the rows; reading begins with the first. */
  public void sort() {
    SpillFile spilled = file;
    if (spilled == null) {
      rows.sort();
    } else {
      runs.addAll(started(flush(spilled)));
    }
  }

  /** The values of the next row, or null behind the last. */
  public @Nullable Object @Nullable [] next() {
    if (file == null) {
      return rows.next();
    }
    SpilledRun first = runs.poll();
    if (first == null) {
      return null;
    }
    first.values(unpacking);
    @Nullable Object[] row = new Object[width];
    for (int i = 0; i < width; i++) {
      row[i] = unpacking.next();
    }
    if (first.next()) {
      runs.add(first);
    }
    return row;
  }

  private void spill() {
    SpillFile target = file == null ? budget.file() : file;
    file = flush(target);
  }

  /** Writes a run; gives the file that has all runs then. */
  private SpillFile flush(SpillFile target) {
    rows.sort();
    rows.write(target);
    target.flush();
    rows.empty();
    ends.add(target.size());
    return ends.size() == MOST_RUNS ? merged(target) : target;
  }

  /** Makes one run of all. */
  private SpillFile merged(SpillFile from) {
    SpillFile merged = budget.file();
    PriorityQueue<SpilledRun> parts = new PriorityQueue<>(started(from));
    for (SpilledRun first = parts.poll(); first != null; first = parts.poll()) {
      first.copy(merged);
      if (first.next()) {
        parts.add(first);
      }
    }
    merged.flush();
    budget.drop(from);
    ends.clear();
    ends.add(merged.size());
    return merged;
  }

  private List<SpilledRun> started(SpillFile from) {
    List<SpilledRun> started = new ArrayList<>();
    long start = 0;
    for (long end : ends) {
      SpilledRun run = new SpilledRun(from, started.size(), start, end);
      if (run.next()) {
        started.add(run);
      }
      start = end;
    }
    return started;
  }

  /** Lets go of everything. */
  public void clear() {
    rows.clear();
    runs.clear();
    ends.clear();
    budget.drop(file);
    file = null;
    count = 0;
  }
}
