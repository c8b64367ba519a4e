package io.bindery.aggregate.internal.held;

import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;

/**
 * Some rows as bytes, cell by cell. One thread writes them; another one may read those that were
 * published, also while further ones are written. Nothing that was published moves.
 */
public final class RowBlock {
  private static final int HEADER = 64;

  private final RowLayout layout;
  private final byte[] bytes;

  /** Where each cell begins, and behind the last where it ends; below 0 when it is null. */
  private final int[] starts;

  private final Packing packing = new Packing();
  private final Utf8Slice text = new Utf8Slice();
  private int cells;
  private int size;
  private volatile int rows;

  /**
   * An empty block.
   *
   * @param layout how its rows lie
   * @param mostRows how many rows it takes
   * @param mostBytes how many bytes their cells may have
   */
  public RowBlock(RowLayout layout, int mostRows, int mostBytes) {
    this.layout = layout;
    this.bytes = new byte[mostBytes];
    this.starts = new int[mostRows * layout.width() + 1];
  }

  /** How much memory it takes. */
  public int memory() {
    return HEADER + bytes.length + Integer.BYTES * starts.length;
  }

  /** How many bytes the cells may have. */
  public int capacity() {
    return bytes.length;
  }

  /** How many rows were published. For all threads. */
  public int rows() {
    return rows;
  }

  /** Whether it has no room for a further row, however short. For the writing thread. */
  public boolean isFull() {
    return starts.length - cells <= layout.width();
  }

  /** Forgets all rows. For the writing thread, when nobody reads. */
  public RowBlock emptied() {
    cells = 0;
    size = 0;
    rows = 0;
    return this;
  }

  /**
   * Writes the row that a reader stands on, if there is room for it. For the writing thread.
   *
   * @return how many rows are published now; 0 when there was no room
   */
  public int add(RowReader row) {
    int width = layout.width();
    if (isFull()) {
      return 0;
    }
    int at = size;
    for (int cell = 0; cell < width; cell++) {
      int column = layout.column(cell);
      if (row.isNull(column)) {
        starts[cells + cell] = ~at;
        continue;
      }
      starts[cells + cell] = at;
      if (layout.isText(cell)) {
        row.text(column, text);
      } else {
        packing.clear();
        packing.add(row.value(column));
        text.set(packing.bytes(), 0, packing.size());
      }
      if (text.length() > bytes.length - at) {
        return 0;
      }
      System.arraycopy(text.bytes(), text.offset(), bytes, at, text.length());
      at += text.length();
    }
    cells += width;
    starts[cells] = at;
    size = at;
    int more = rows + 1;
    rows = more;
    return more;
  }

  RowLayout layout() {
    return layout;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isNull(int row, int cell) {
    return starts[row * layout.width() + cell] < 0;
  }

  int start(int row, int cell) {
    return starts[row * layout.width() + cell];
  }

  int end(int row, int cell) {
    int next = starts[row * layout.width() + cell + 1];
    return next < 0 ? ~next : next;
  }
}
