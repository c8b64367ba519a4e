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

  private static long exactly(long sum, long more, String problem) {
    try {
      return Math.addExact(sum, more);
    } catch (ArithmeticException e) {
      throw new BinderyException(ErrorCode.QUERY, null, problem, e);
    }
  }

  /** A count with those of one group more, which no rows of a database can make too many. */
  private static long plusCount(long sum, long more) {
    return exactly(
        sum,
        more,
        "the sum of counts does not fit into 64 bits; correct the method with @PreGrouped, whose"
            + " groups count more rows than there can be");
  }

  record RowCount() implements Accumulator {
    @Override
    public int slots() {
      return 1;
    }

    @Override
    public void add(RowReader row, Slots slots, int at) {
      slots.number(at, slots.number(at) + 1);
    }

    @Override
    public Object result(Slots slots, int at) {
      return slots.number(at);
    }
  }

  /** Counts conditions that are true, and values of other types that are there. */
  record ValueCount(Value argument) implements Accumulator {
    @Override
    public int slots() {
      return 1;
    }

    @Override
    public boolean takesAll() {
      return false;
    }

    @Override
    public boolean takes(RowReader row) {
      if (argument instanceof Value.ColumnValue column && column.type() != ColumnType.BOOLEAN) {
        return !row.isNull(column.index());
      }
      Object value = argument.of(row);
      return value != null && !Boolean.FALSE.equals(value);
    }

    @Override
    public void add(RowReader row, Slots slots, int at) {
      if (takes(row)) {
        slots.number(at, slots.number(at) + 1);
      }
    }

    @Override
    public Object result(Slots slots, int at) {
      return slots.number(at);
    }
  }

  /** Sums counts, of the rows for which a condition is true if there is one. */
  record MergedCount(@Nullable Value condition, Value counted) implements Accumulator {
    @Override
    public int slots() {
      return 1;
    }

    @Override
    public void add(RowReader row, Slots slots, int at) {
      Object meets = condition == null ? Boolean.TRUE : condition.of(row);
      Object count = counted.of(row);
      if (count != null && meets != null && !Boolean.FALSE.equals(meets)) {
        slots.number(at, plusCount(slots.number(at), (Long) count));
      }
    }

    @Override
    public Object result(Slots slots, int at) {
      return slots.number(at);
    }
  }

  /** The sum, then how many there were. */
  record LongSum(Value argument) implements Accumulator {
    @Override
    public int slots() {
      return 2;
    }

    @Override
    public void add(RowReader row, Slots slots, int at) {
      Object value = argument.of(row);
      if (value == null) {
        return;
      }
      long sum =
          exactly(
              slots.number(at),
              (Long) value,
              "a sum of whole numbers does not fit into 64 bits; sum decimals: sum(1.0 * column)");
      slots.number(at, sum);
      slots.number(at + 1, slots.number(at + 1) + 1);
    }

    @Override
    public @Nullable Object result(Slots slots, int at) {
      return slots.number(at + 1) == 0 ? null : slots.number(at);
    }
  }

  record DecimalSum(ExactSum sum) implements Accumulator {
    @Override
    public int slots() {
      return ExactSum.SLOTS;
    }

    @Override
    public void add(RowReader row, Slots slots, int at) {
      sum.add(row, slots, at);
    }

    @Override
    public @Nullable Object result(Slots slots, int at) {
      return ExactSum.sum(slots, at);
    }
  }

  /** The bits of the sum, then how many there were. */
  record DoubleSum(Value argument, boolean mean) implements Accumulator {
    @Override
    public int slots() {
      return 2;
    }

    @Override
    public void add(RowReader row, Slots slots, int at) {
      Double value = (Double) argument.of(row);
      if (value != null) {
        double sum = Double.longBitsToDouble(slots.number(at)) + value;
        slots.number(at, Double.doubleToRawLongBits(sum));
        slots.number(at + 1, slots.number(at + 1) + 1);
      }
    }

    @Override
    public @Nullable Object result(Slots slots, int at) {
      long count = slots.number(at + 1);
      double sum = Double.longBitsToDouble(slots.number(at));
      return count == 0 ? null : (Object) (mean ? sum / count : sum);
    }
  }

  /** The mean of whole numbers or decimals: the exact sum, divided once by how many there were. */
  record DecimalMean(ExactSum sum, @Nullable Value counted, int moreScale) implements Accumulator {
    @Override
    public int slots() {
      return ExactSum.SLOTS + 1;
    }

    @Override
    public void add(RowReader row, Slots slots, int at) {
      if (sum.add(row, slots, at)) {
        int count = at + ExactSum.SLOTS;
        Object more = counted == null ? Long.valueOf(1) : counted.of(row);
        slots.number(count, plusCount(slots.number(count), more == null ? 0 : (Long) more));
      }
    }

    @Override
    public @Nullable Object result(Slots slots, int at) {
      BigDecimal total = ExactSum.sum(slots, at);
      return total == null
          ? null
          : total.divide(
              BigDecimal.valueOf(slots.number(at + ExactSum.SLOTS)),
              total.scale() + moreScale,
              RoundingMode.HALF_UP);
    }
  }

  /** The lowest or the highest value. */
  record Extreme(Value argument, int sign) implements Accumulator {
    private static final Comparator<@Nullable Object> ORDER =
        new SortKey("", SortKey.Direction.ASCENDING, SortKey.comparisonOf(ColumnType.TEXT))
            .comparator();

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public void add(RowReader row, Slots slots, int at) {
      Object value = argument.of(row);
      if (value == null) {
        return;
      }
      Object extreme = slots.value(at);
      if (extreme == null || Integer.signum(ORDER.compare(value, extreme)) == sign) {
        slots.value(at, value instanceof byte[] bytes ? bytes.clone() : value);
      }
    }

    @Override
    public @Nullable Object result(Slots slots, int at) {
      return slots.value(at);
    }
  }
}
