package io.bindery.aggregate.internal.expression;

import io.bindery.source.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One count, sum, minimum, maximum or mean over rows. Immutable.
 *
 * @param kind which
 * @param argument what is counted or summed, or null to count all rows
 * @param type the type of the result
 */
public record AggregateCall(AggregateKind kind, @Nullable Value argument, ColumnType type) {
  private static final int AVERAGE_SCALE = 4;

  static AggregateCall of(AggregateKind kind, @Nullable Value argument) throws FormulaException {
    if (argument == null) {
      if (kind != AggregateKind.COUNT) {
        throw new FormulaException(
            "%s() needs a column; write %s(column)".formatted(kind.word(), kind.word()));
      }
      return new AggregateCall(kind, null, ColumnType.INTEGER);
    }
    ColumnType type = argument.type();
    boolean needsNumbers = kind == AggregateKind.SUM || kind == AggregateKind.AVG;
    if (needsNumbers && !Conversion.numeric(type)) {
      throw new FormulaException("%s needs numbers, not %s".formatted(kind.word(), type));
    }
    ColumnType result =
        switch (kind) {
          case COUNT -> ColumnType.INTEGER;
          case SUM, MIN, MAX -> type;
          case AVG -> type == ColumnType.DOUBLE ? type : ColumnType.DECIMAL;
        };
    return new AggregateCall(kind, argument, result);
  }

  /** What it works on; empty for all rows. */
  public List<Value> arguments() {
    return argument == null ? List.of() : List.of(argument);
  }

  /** The call as it could be written. */
  @Override
  public String toString() {
    return "%s(%s)".formatted(kind.word(), argument == null ? "" : argument);
  }

  /** Whether the result may be null: of no rows, all but counts are. */
  public boolean nullable() {
    return kind != AggregateKind.COUNT;
  }

  /** What takes the rows. */
  public Accumulator accumulator() {
    if (argument == null) {
      return new Accumulators.RowCount();
    }
    return switch (kind) {
      case COUNT -> new Accumulators.ValueCount(argument);
      case MIN -> new Accumulators.Extreme(argument, -1);
      case MAX -> new Accumulators.Extreme(argument, 1);
      case SUM ->
          switch (type) {
            case INTEGER -> new Accumulators.LongSum(argument);
            case DECIMAL -> new Accumulators.DecimalSum(argument);
            default -> new Accumulators.DoubleSum(argument, false);
          };
      case AVG ->
          type == ColumnType.DOUBLE
              ? new Accumulators.DoubleSum(argument, true)
              : new Accumulators.DecimalMean(argument, AVERAGE_SCALE);
    };
  }
}
