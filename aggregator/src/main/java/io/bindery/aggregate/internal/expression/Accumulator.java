package io.bindery.aggregate.internal.expression;

import io.bindery.source.RowReader;
import org.jspecify.annotations.Nullable;

/** Takes rows one by one and makes one value of them. For one thread at a time. */
public interface Accumulator {
  /**
   * Takes the row that a reader stands on.
   *
   * @param row the row
   */
  void add(RowReader row);

  /** The value for the rows so far. */
  @Nullable Object result();
}
