package io.bindery.aggregate.internal.expression;

/** A row whose decimals can be had without an object for each. */
public interface ScaledRow {
  /**
   * The value of a DECIMAL column that is not null, if it is at hand without making an object.
   *
   * @param column the column's index
   * @param target takes it
   * @return whether it was; else the reader's {@code getDecimal} has it
   */
  boolean scaled(int column, Scaled target);
}
