package io.bindery.aggregate.internal.expression;

import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.source.ColumnType;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One count, sum, minimum, maximum or mean over rows. Immutable.
 *
 * @param kind which
 * @param argument what is counted or summed, or null to count all rows
 * @param type the type of the result
 * @param list what is listed, or null
 */
public record AggregateCall(
    AggregateKind kind, @Nullable Value argument, ColumnType type, @Nullable ListOf list) {
  private static final int AVERAGE_SCALE = 4;

  static AggregateCall of(AggregateKind kind, @Nullable Value argument) throws FormulaException {
    if (argument == null) {
      if (kind != AggregateKind.COUNT) {
        throw new FormulaException(
            "%s() needs a column; write %s(column)".formatted(kind.word(), kind.word()));
      }
      return new AggregateCall(kind, null, ColumnType.INTEGER, null);
    }
    ColumnType type = argument.type();
    boolean needsNumbers = kind == AggregateKind.SUM || kind == AggregateKind.AVG;
    if (needsNumbers && !Conversion.numeric(type)) {
      throw new FormulaException(
          "%s needs numbers, not %s".formatted(kind.word(), Conversion.described(argument)));
    }
    if (type == ColumnType.LIST && kind != AggregateKind.COUNT) {
      throw new FormulaException("%s cannot take a list".formatted(kind.word()));
    }
    ColumnType result =
        switch (kind) {
          case COUNT -> ColumnType.INTEGER;
          case SUM, MIN, MAX -> type;
          case LIST -> ColumnType.LIST;
          case AVG -> type == ColumnType.DOUBLE ? type : ColumnType.DECIMAL;
        };
    return new AggregateCall(kind, argument, result, null);
  }

  static AggregateCall list(List<Value> columns) throws FormulaException {
    List<ColumnValue> fields = new ArrayList<>();
    for (Value value : columns) {
      if (!(value instanceof ColumnValue column) || column.type() == ColumnType.LIST) {
        throw new FormulaException(
            "list() takes columns, not '%s'; work it out in an aggregate of its own"
                .formatted(value));
      }
      fields.add(column);
    }
    if (fields.isEmpty()) {
      throw new FormulaException("list() needs columns; write such as list(id, amount)");
    }
    ListOf list = new ListOf(fields, List.of(), List.of(), "", Long.MAX_VALUE);
    return new AggregateCall(AggregateKind.LIST, null, ColumnType.LIST, list);
  }

  /**
   * The same call, a list being sorted and limited.
   *
   * @param sortedBy the columns of the rows that it is sorted by
   * @param order how these compare; empty for the order in which rows come
   * @param aggregate the aggregate's name
   * @param limit how many bytes one list may hold
   */
  public AggregateCall listed(
      List<ColumnValue> sortedBy, List<SortKey> order, String aggregate, long limit) {
    return list == null
        ? this
        : new AggregateCall(
            kind, null, type, new ListOf(list.fields(), sortedBy, order, aggregate, limit));
  }

  /** What it works on; empty for all rows. */
  public List<Value> arguments() {
    if (list != null) {
      List<Value> columns = new ArrayList<>(list.fields());
      columns.addAll(list.sortedBy());
      return columns;
    }
    return argument == null ? List.of() : List.of(argument);
  }

  /** The call as it could be written. */
  @Override
  public String toString() {
    return list != null
        ? list.toString()
        : "%s(%s)".formatted(kind.word(), argument == null ? "" : argument);
  }

  /** Whether the result may be null: of no rows, all but counts and lists are. */
  public boolean nullable() {
    return kind != AggregateKind.COUNT && kind != AggregateKind.LIST;
  }

  /** What takes the rows. */
  public Accumulator accumulator() {
    if (list != null) {
      return list;
    }
    if (argument == null) {
      return new Accumulators.RowCount();
    }
    return switch (kind) {
      case COUNT -> new Accumulators.ValueCount(argument);
      case LIST -> throw new IllegalStateException("a list of nothing");
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
