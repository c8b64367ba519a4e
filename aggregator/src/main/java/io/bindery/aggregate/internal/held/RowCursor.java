package io.bindery.aggregate.internal.held;

import io.bindery.aggregate.internal.expression.Scaled;
import io.bindery.source.ColumnType;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stands on one row of a block and reads its cells. For one thread. */
public final class RowCursor {
  private final Packing.Unpacking unpacking = new Packing.Unpacking();
  private @Nullable RowBlock block;
  private int row;

  /**
   * Goes to a row.
   *
   * @param newBlock where it is
   * @param newRow which of its rows
   */
  public void go(RowBlock newBlock, int newRow) {
    block = newBlock;
    row = newRow;
  }

  private RowBlock current() {
    return Objects.requireNonNull(block, "no row");
  }

  /** Whether a cell is null. */
  public boolean isNull(int cell) {
    return current().isNull(row, cell);
  }

  /** Whether the text of a cell is at hand. */
  public boolean isText(int cell) {
    return current().layout().isText(cell);
  }

  /**
   * Points at the text of a cell that has one at hand and is not null.
   *
   * @param cell the cell
   * @param target is pointed at it
   */
  public void text(int cell, Utf8Slice target) {
    RowBlock from = current();
    int start = from.start(row, cell);
    target.set(from.bytes(), start, from.end(row, cell) - start);
  }

  /** The whole number in a cell. */
  public long number(int cell) {
    RowBlock from = current();
    int start = from.start(row, cell);
    return from.layout().isText(cell)
        ? TextValues.number(from.bytes(), start, from.end(row, cell))
        : unpacking.from(from.bytes(), start).number();
  }

  /**
   * The decimal in a cell, if it fits.
   *
   * @param cell the cell
   * @param target takes it
   * @return whether it fits
   */
  public boolean scaled(int cell, Scaled target) {
    RowBlock from = current();
    int start = from.start(row, cell);
    return from.layout().isText(cell)
        ? target.parse(from.bytes(), start, from.end(row, cell))
        : unpacking.from(from.bytes(), start).scaled(target);
  }

  /** The decimal in a cell. */
  public BigDecimal decimal(int cell) {
    return (BigDecimal) Objects.requireNonNull(value(cell));
  }

  /** The value in a cell, or null. */
  public @Nullable Object value(int cell) {
    RowBlock from = current();
    int start = from.start(row, cell);
    if (start < 0) {
      return null;
    }
    ColumnType type = from.layout().type(cell);
    return from.layout().isText(cell)
        ? TextValues.of(type, from.bytes(), start, from.end(row, cell))
        : unpacking.from(from.bytes(), start).next();
  }
}
