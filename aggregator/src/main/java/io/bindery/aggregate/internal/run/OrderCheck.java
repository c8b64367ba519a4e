package io.bindery.aggregate.internal.run;

import io.bindery.source.Column;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether a source keeps the order that it declares. For one reader.
 *
 * <p>Readers are to check it themselves, but anyone may register a source, and a merge of rows that
 * are not in order is silently wrong.
 */
final class OrderCheck {
  private final int[] columns;
  private final List<SortKey> order;
  private final List<Comparator<@Nullable Object>> comparators;
  private @Nullable Object @Nullable [] previous;

  OrderCheck(List<Column> sourceColumns, List<SortKey> order) {
    List<String> names = sourceColumns.stream().map(Column::name).toList();
    this.columns = order.stream().mapToInt(key -> names.indexOf(key.column())).toArray();
    this.order = order;
    this.comparators = order.stream().map(SortKey::comparator).toList();
  }

  /** The column by which a row breaks the order, or null when it keeps it. */
  @Nullable String broken(RowReader row) {
    @Nullable Object[] key = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      Object value = row.value(columns[i]);
      key[i] = value instanceof byte[] bytes ? bytes.clone() : value;
    }
    @Nullable Object[] before = previous;
    previous = key;
    for (int i = 0; before != null && i < key.length; i++) {
      int compared = comparators.get(i).compare(before[i], key[i]);
      if (compared > 0) {
        return order.get(i).column();
      }
      if (compared < 0) {
        return null;
      }
    }
    return null;
  }
}
