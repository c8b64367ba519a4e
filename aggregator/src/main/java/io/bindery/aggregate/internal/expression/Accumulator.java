package io.bindery.aggregate.internal.expression;

import io.bindery.source.RowReader;
import org.jspecify.annotations.Nullable;

/** Takes rows one by one and makes one value of them. What it has come to is kept in slots. */
public interface Accumulator {
  /** How many slots it needs. */
  int slots();

  /** Whether each row may change what it has come to. */
  default boolean takesAll() {
    return true;
  }

  /**
   * Whether a row changes what it has come to.
   *
   * @param row the row
   */
  default boolean takes(RowReader row) {
    return true;
  }

  /**
   * Takes the row that a reader stands on.
   *
   * @param row the row
   * @param slots where it keeps what it has come to
   * @param at the first of its slots
   */
  void add(RowReader row, Slots slots, int at);

  /**
   * The value for the rows so far.
   *
   * @param slots where it keeps what it has come to
   * @param at the first of its slots
   */
  @Nullable Object result(Slots slots, int at);
}
