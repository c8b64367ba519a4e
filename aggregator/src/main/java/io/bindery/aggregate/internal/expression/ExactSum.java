package io.bindery.aggregate.internal.expression;

import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The exact sum of decimals or whole numbers, as {@link BigDecimal#add} gives it: a long and its
 * scale as long as it fits into one, and an object from then on. For one thread.
 */
final class ExactSum {
  /** The number without its point, what it is, and the sum that is no longer a long. */
  static final int SLOTS = 3;

  private static final int LONG_DIGITS = 18;

  /** Is added to the scale, so that no sum yet is 0 and a sum that is an object is below 0. */
  private static final long FITS = 1L << 32;

  private static final long AN_OBJECT = -1;

  private static final long[] POWERS = new long[LONG_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private final Value argument;
  private final int column;
  private final boolean whole;
  private final Scaled next = new Scaled();

  ExactSum(Value argument) {
    this.argument = argument;
    this.column = argument instanceof ColumnValue plain ? plain.index() : -1;
    this.whole = argument.type() == ColumnType.INTEGER;
  }

  /**
   * Takes the row that a reader stands on.
   *
   * @param row the row
   * @param slots where the sum is
   * @param at the first of its slots
   * @return whether the row has a value
   */
  boolean add(RowReader row, Slots slots, int at) {
    if (column >= 0 && row.isNull(column)) {
      return false;
    }
    if (column >= 0 && isAtHand(row)) {
      add(slots, at);
      return true;
    }
    Object value = argument.of(row);
    if (value == null) {
      return false;
    }
    BigDecimal decimal =
        value instanceof Long number ? BigDecimal.valueOf(number) : (BigDecimal) value;
    if (decimal.precision() <= LONG_DIGITS) {
      next.set(decimal.unscaledValue().longValue(), decimal.scale());
      add(slots, at);
    } else {
      addObject(decimal, slots, at);
    }
    return true;
  }

  private boolean isAtHand(RowReader row) {
    if (whole) {
      next.set(row.getLong(column), 0);
      return true;
    }
    return row instanceof ScaledRow scaled && scaled.scaled(column, next);
  }

  private void add(Slots slots, int at) {
    long state = slots.number(at + 1);
    if (state == 0) {
      slots.number(at, next.unscaled());
      slots.number(at + 1, FITS + next.scale());
    } else if (state == AN_OBJECT || !fits(slots.number(at), (int) (state - FITS), slots, at)) {
      addObject(next.decimal(), slots, at);
    }
  }

  /** Adds two longs if their sum is one. */
  private boolean fits(long sum, int scale, Slots slots, int at) {
    int more = next.scale() - scale;
    long left = more > 0 ? raised(sum, more) : sum;
    long right = more < 0 ? raised(next.unscaled(), -more) : next.unscaled();
    boolean lost =
        more > 0 && left == 0 && sum != 0 || more < 0 && right == 0 && next.unscaled() != 0;
    long both = left + right;
    if (lost || ((left ^ both) & (right ^ both)) < 0) {
      return false;
    }
    slots.number(at, both);
    if (more > 0) {
      slots.number(at + 1, FITS + next.scale());
    }
    return true;
  }

  /** A number with so many zeros behind it; 0 when that is no long. */
  private static long raised(long value, int zeros) {
    if (zeros > LONG_DIGITS) {
      return 0;
    }
    long raised = value * POWERS[zeros];
    return Math.multiplyHigh(value, POWERS[zeros]) == raised >> 63 ? raised : 0;
  }

  private static void addObject(BigDecimal value, Slots slots, int at) {
    BigDecimal sum = sum(slots, at);
    slots.value(at + 2, sum == null ? value : sum.add(value));
    slots.number(at + 1, AN_OBJECT);
  }

  /** The sum so far; null when no row had a value. */
  static @Nullable BigDecimal sum(Slots slots, int at) {
    long state = slots.number(at + 1);
    if (state == 0) {
      return null;
    }
    return state == AN_OBJECT
        ? (BigDecimal) slots.value(at + 2)
        : BigDecimal.valueOf(slots.number(at), (int) (state - FITS));
  }
}
