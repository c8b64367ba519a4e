package io.bindery.aggregate.internal.expression;

import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.SortKey;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The condition that a parameter of a run puts on a column of its answer. */
public final class Equality {
  private static final Comparator<@Nullable Object> ORDER =
      new SortKey("", SortKey.Direction.ASCENDING, SortKey.Comparison.NUMBER).comparator();

  private Equality() {}

  /**
   * That a column has a value: numbers compare by value, texts by their UTF-8 bytes.
   *
   * @param index the column's index
   * @param column the column
   * @param wanted a value of the column's type
   */
  public static Value of(int index, Column column, Object wanted) {
    Value left = Value.ColumnValue.of(index, column);
    Value right = new Value.Literal(column.type(), wanted);
    return new Value.Computed(
        "=",
        List.of(left, right),
        ColumnType.BOOLEAN,
        column.nullable(),
        TextComparison.of(
            left,
            right,
            order -> order == 0,
            row -> {
              Object value = row.value(index);
              return value == null ? null : (Object) (ORDER.compare(value, wanted) == 0);
            }));
  }
}
