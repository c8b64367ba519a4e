package io.bindery.aggregate.internal.expression;

import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.source.ColumnType;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One count, sum, minimum, maximum or mean over rows. Immutable.
 *
 * @param kind which
 * @param argument what is counted or summed, or null to count all rows
 * @param type the type of the result
 * @param list what is listed, or null
 * @param counted how many rows or values a row stands for, or null when each stands for itself
 */
public record AggregateCall(
    AggregateKind kind,
    @Nullable Value argument,
    ColumnType type,
    @Nullable ListOf list,
    @Nullable Value counted) {
  private static final int AVERAGE_SCALE = 4;

  static AggregateCall of(AggregateKind kind, @Nullable Value argument) throws FormulaException {
    if (argument == null) {
      if (kind != AggregateKind.COUNT) {
        throw new FormulaException(
            "%s() needs a column; write %s(column)".formatted(kind.word(), kind.word()));
      }
      return new AggregateCall(kind, null, ColumnType.INTEGER, null, null);
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
    return new AggregateCall(kind, argument, result, null, null);
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
    return new AggregateCall(AggregateKind.LIST, null, ColumnType.LIST, list, null);
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
            kind, null, type, new ListOf(list.fields(), sortedBy, order, aggregate, limit), null);
  }

  /**
   * The same call over rows that each stand for many.
   *
   * @param partial what a row holds of the values of those that it stands for, or the condition
   *     that those it stands for have met; null for a count
   * @param rows how many rows or values it stands for; null where that makes no difference
   */
  public AggregateCall over(@Nullable Value partial, @Nullable Value rows) {
    return new AggregateCall(kind, partial, type, list, rows);
  }

  /** What it works on; empty for all rows. */
  public List<Value> arguments() {
    if (list != null) {
      List<Value> columns = new ArrayList<>(list.fields());
      columns.addAll(list.sortedBy());
      return columns;
    }
    return Stream.of(argument, counted).filter(Objects::nonNull).toList();
  }

  /** The call as it could be written. */
  @Override
  public String toString() {
    if (counted != null && kind == AggregateKind.AVG) {
      return "sum(%s) / sum(%s)".formatted(argument, counted);
    }
    if (counted != null) {
      return "sum(%s)%s".formatted(counted, argument == null ? "" : " where " + argument);
    }
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
    if (counted != null && kind == AggregateKind.COUNT) {
      return new Accumulators.MergedCount(argument, counted);
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
            case DECIMAL -> new Accumulators.DecimalSum(new ExactSum(argument));
            default -> new Accumulators.DoubleSum(argument, false);
          };
      case AVG ->
          type == ColumnType.DOUBLE
              ? new Accumulators.DoubleSum(argument, true)
              : new Accumulators.DecimalMean(new ExactSum(argument), counted, AVERAGE_SCALE);
    };
  }
}
