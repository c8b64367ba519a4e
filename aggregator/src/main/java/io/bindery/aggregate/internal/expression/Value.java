package io.bindery.aggregate.internal.expression;

import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An expression that is bound to the columns of a row: data that compares, and prints as it could
 * be written in a definition. Immutable, safe for all threads.
 */
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
   * @param name its name
   * @param type its type
   * @param nullable whether it may be null
   */
  record ColumnValue(int index, String name, ColumnType type, boolean nullable) implements Value {
    /**
     * A column as it is.
     *
     * @param index its index
     * @param column the column
     */
    public static ColumnValue of(int index, Column column) {
      return new ColumnValue(index, column.name(), column.type(), column.nullable());
    }

    @Override
    public @Nullable Object of(RowReader row) {
      return row.value(index);
    }

    @Override
    public String toString() {
      return name;
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

    @Override
    public String toString() {
      return Written.literal(value);
    }
  }

  /**
   * A value that is worked out. As data it is an operator over operands; how that is done follows
   * from these and takes no part in comparing.
   *
   * @param operator a function's name, or the sign of an operator; {@link #CONVERTED} where only
   *     the type is another
   * @param operands what it works on
   * @param type its type
   * @param nullable whether it may be null
   * @param how works it out
   */
  record Computed(
      String operator, List<Value> operands, ColumnType type, boolean nullable, Computation how)
      implements Value {
    /** The operator that makes its operand one of a wider type. */
    public static final String CONVERTED = "";

    /** Copies the list. */
    public Computed {
      operands = List.copyOf(operands);
    }

    @Override
    public @Nullable Object of(RowReader row) {
      return how.of(row);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Computed that
          && operator.equals(that.operator)
          && operands.equals(that.operands)
          && type == that.type
          && nullable == that.nullable;
    }

    @Override
    public int hashCode() {
      return Objects.hash(operator, operands, type, nullable);
    }

    @Override
    public String toString() {
      return Written.computed(this);
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
