package io.bindery.mybatis.internal.rows;

import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares each row with the one before it by a declared order. */
final class OrderCheck {
  private static final int SHOWN_CHARACTERS = 24;

  private final List<SortKey> order;
  private final int[] columns;
  private final List<Comparator<@Nullable Object>> comparators = new ArrayList<>();
  private @Nullable Object @Nullable [] before;

  /**
   * A check that has seen no row.
   *
   * @param order the declared order; empty checks nothing
   * @param shape the shape of the rows, which has every column of the order
   */
  OrderCheck(List<SortKey> order, RowShape shape) {
    this.order = order;
    this.columns = order.stream().mapToInt(key -> shape.indexOf(key.column())).toArray();
    order.forEach(key -> comparators.add(key.comparator()));
  }

  /**
   * Takes the next row.
   *
   * @param row the row's object
   * @param shape its shape
   * @return null when it follows the row before, else what is wrong
   */
  @Nullable String next(Object row, RowShape shape) {
    if (columns.length == 0) {
      return null;
    }
    @Nullable Object[] now = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      now[i] = shape.value(row, columns[i]);
    }
    @Nullable Object[] last = before;
    before = now;
    for (int i = 0; last != null && i < columns.length; i++) {
      int comparison = comparators.get(i).compare(last[i], now[i]);
      if (comparison > 0) {
        return "by '%s': %s comes after %s"
            .formatted(order.get(i).column(), shown(now[i]), shown(last[i]));
      }
      if (comparison < 0) {
        return null;
      }
    }
    return null;
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    String text = ColumnValues.text(value);
    return "'%s'"
        .formatted(
            text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...");
  }
}
