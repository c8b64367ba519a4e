package io.bindery.aggregate.internal.operator;

import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes keys out of rows and compares them. */
final class Keyed {
  private final int[] columns;
  private final Comparator<@Nullable Object>[] comparators;

  @SuppressWarnings({"unchecked", "rawtypes"})
  Keyed(int[] columns, List<SortKey> order) {
    this.columns = columns;
    this.comparators = order.stream().map(SortKey::comparator).toArray(Comparator[]::new);
  }

  @Nullable Object[] of(RowReader row) {
    @Nullable Object[] key = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      key[i] = Rows.kept(row.value(columns[i]));
    }
    return key;
  }

  int compare(@Nullable Object[] left, @Nullable Object[] right) {
    for (int i = 0; i < comparators.length; i++) {
      int order = comparators[i].compare(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Compares whole rows by their keys. */
  int compareRows(@Nullable Object[] left, @Nullable Object[] right) {
    for (int i = 0; i < comparators.length; i++) {
      int order = comparators[i].compare(left[columns[i]], right[columns[i]]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
