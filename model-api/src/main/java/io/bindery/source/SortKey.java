package io.bindery.source;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One column of an order. Numbers and times compare by value, texts by their UTF-8 bytes or by
 * those of their {@link CaseFolding folded} form, null is lower than every value, as MySQL has it.
 *
 * @param column the column's name
 * @param direction up or down
 * @param comparison how values compare
 */
public record SortKey(String column, Direction direction, Comparison comparison) {

  /** Up or down. */
  public enum Direction {
    /** Lowest first. */
    ASCENDING,
    /** Highest first. */
    DESCENDING
  }

  /** How the values of a column compare. */
  public enum Comparison {
    /** By numeric value; false before true. */
    NUMBER,
    /** By the point in time or the place in the day. */
    TIME,
    /** By bytes: for texts those of their UTF-8 form, which is the order of code points. */
    BINARY,
    /** For texts: by the bytes of their folded form, so that case does not count. */
    FOLDED
  }

  /**
   * The comparison that fits a type.
   *
   * @param type a column's type
   */
  public static Comparison comparisonOf(ColumnType type) {
    return switch (type) {
      case BOOLEAN, INTEGER, DECIMAL, DOUBLE -> Comparison.NUMBER;
      case DATE, TIME, DATETIME, INSTANT -> Comparison.TIME;
      case TEXT, BYTES -> Comparison.BINARY;
      case LIST -> throw new IllegalArgumentException("lists have no order");
    };
  }

  /**
   * Compares two values of the column, as {@link RowReader#value} gives them, with the direction
   * applied. Both must be of the column's type.
   */
  public Comparator<@Nullable Object> comparator() {
    Comparator<@Nullable Object> ascending =
        comparison == Comparison.FOLDED ? ValueOrder.FOLDED : ValueOrder.NULL_LOWEST;
    return direction == Direction.ASCENDING ? ascending : ascending.reversed();
  }
}
