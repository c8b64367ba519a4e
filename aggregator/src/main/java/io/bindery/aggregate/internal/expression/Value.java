package io.bindery.aggregate.internal.expression;

import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;
import org.jspecify.annotations.Nullable;

/** An expression that is bound to the columns of a row. Immutable, safe for all threads. */
public interface Value {
  /** The type of what it yields. */
  ColumnType type();

  /** Whether it may yield null. */
  boolean nullable();

  /**
   * What it yields for the row that a reader stands on: a value of its type or null.
   *
   * @param row the row
   */
  @Nullable Object of(RowReader row);

  /**
   * A column as it is.
   *
   * @param index the column's index
   * @param type its type
   * @param nullable whether it may be null
   */
  record ColumnValue(int index, ColumnType type, boolean nullable) implements Value {
    @Override
    public @Nullable Object of(RowReader row) {
      return row.value(index);
    }
  }

  /**
   * A value that was written down; null is of no type in particular.
   *
   * @param type its type; of null, TEXT
   * @param value the value
   */
  record Literal(ColumnType type, @Nullable Object value) implements Value {
    /** The word {@code null}. */
    static final Literal NULL = new Literal(ColumnType.TEXT, null);

    @Override
    public boolean nullable() {
      return value == null;
    }

    @Override
    public @Nullable Object of(RowReader row) {
      return value;
    }
  }

  /**
   * A value that is worked out.
   *
   * @param type its type
   * @param nullable whether it may be null
   * @param how works it out
   */
  record Computed(ColumnType type, boolean nullable, Computation how) implements Value {
    @Override
    public @Nullable Object of(RowReader row) {
      return how.of(row);
    }
  }

  /** Works a value out. */
  @FunctionalInterface
  interface Computation {
    /**
     * The value for one row.
     *
     * @param row the row
     */
    @Nullable Object of(RowReader row);
  }
}
