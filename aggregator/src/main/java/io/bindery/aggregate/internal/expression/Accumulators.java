package io.bindery.aggregate.internal.expression;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The accumulators; all but the row count skip nulls. */
final class Accumulators {
  private Accumulators() {}

  static final class RowCount implements Accumulator {
    private long count;

    @Override
    public void add(RowReader row) {
      count++;
    }

    @Override
    public Object result() {
      return count;
    }
  }

  /** Counts conditions that are true, and values of other types that are there. */
  static final class ValueCount implements Accumulator {
    private final Value argument;
    private long count;

    ValueCount(Value argument) {
      this.argument = argument;
    }

    @Override
    public void add(RowReader row) {
      Object value = argument.of(row);
      if (value != null && !Boolean.FALSE.equals(value)) {
        count++;
      }
    }

    @Override
    public Object result() {
      return count;
    }
  }

  static final class LongSum implements Accumulator {
    private final Value argument;
    private boolean any;
    private long sum;

    LongSum(Value argument) {
      this.argument = argument;
    }

    @Override
    public void add(RowReader row) {
      Object value = argument.of(row);
      if (value == null) {
        return;
      }
      any = true;
      try {
        sum = Math.addExact(sum, (Long) value);
      } catch (ArithmeticException e) {
        throw new BinderyException(
            ErrorCode.QUERY,
            null,
            "a sum of whole numbers does not fit into 64 bits; sum decimals: sum(1.0 * column)",
            e);
      }
    }

    @Override
    public @Nullable Object result() {
      return any ? sum : null;
    }
  }

  static final class DecimalSum implements Accumulator {
    private final Value argument;
    private @Nullable BigDecimal sum;

    DecimalSum(Value argument) {
      this.argument = argument;
    }

    @Override
    public void add(RowReader row) {
      BigDecimal value = (BigDecimal) argument.of(row);
      if (value != null) {
        sum = sum == null ? value : sum.add(value);
      }
    }

    @Override
    public @Nullable Object result() {
      return sum;
    }
  }

  static final class DoubleSum implements Accumulator {
    private final Value argument;
    private final boolean mean;
    private double sum;
    private long count;

    DoubleSum(Value argument, boolean mean) {
      this.argument = argument;
      this.mean = mean;
    }

    @Override
    public void add(RowReader row) {
      Double value = (Double) argument.of(row);
      if (value != null) {
        sum += value;
        count++;
      }
    }

    @Override
    public @Nullable Object result() {
      return count == 0 ? null : (Object) (mean ? sum / count : sum);
    }
  }

  /** The mean of whole numbers or decimals: the exact sum, divided once. */
  static final class DecimalMean implements Accumulator {
    private final Value argument;
    private final int moreScale;
    private BigDecimal sum = BigDecimal.ZERO;
    private long count;

    DecimalMean(Value argument, int moreScale) {
      this.argument = argument;
      this.moreScale = moreScale;
    }

    @Override
    public void add(RowReader row) {
      Object value = argument.of(row);
      if (value != null) {
        sum = sum.add(value instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value);
        count++;
      }
    }

    @Override
    public @Nullable Object result() {
      return count == 0
          ? null
          : sum.divide(BigDecimal.valueOf(count), sum.scale() + moreScale, RoundingMode.HALF_UP);
    }
  }

  /** The lowest or the highest value. */
  static final class Extreme implements Accumulator {
    private static final Comparator<@Nullable Object> ORDER =
        new SortKey("", SortKey.Direction.ASCENDING, SortKey.comparisonOf(ColumnType.TEXT))
            .comparator();

    private final Value argument;
    private final int sign;
    private @Nullable Object extreme;

    Extreme(Value argument, int sign) {
      this.argument = argument;
      this.sign = sign;
    }

    @Override
    public void add(RowReader row) {
      Object value = argument.of(row);
      if (value == null) {
        return;
      }
      if (extreme == null || Integer.signum(ORDER.compare(value, extreme)) == sign) {
        extreme = value instanceof byte[] bytes ? bytes.clone() : value;
      }
    }

    @Override
    public @Nullable Object result() {
      return extreme;
    }
  }
}
