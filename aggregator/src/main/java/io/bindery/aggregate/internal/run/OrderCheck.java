package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.error.BinderyException;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether a source keeps the order that it declares. For one reader.
 *
 * <p>Readers are to check it themselves, but anyone may register a source, and a merge of rows that
 * are not in order is silently wrong.
 */
final class OrderCheck {
  private final List<SortKey> order;
  private final KeyBytes[] now;
  private final KeyBytes[] before;
  private boolean started;

  OrderCheck(List<Column> sourceColumns, List<SortKey> order) {
    this.order = order;
    this.now =
        order.stream()
            .map(key -> KeyBytes.of(List.of(key), sourceColumns))
            .toArray(KeyBytes[]::new);
    this.before = new KeyBytes[now.length];
    for (int i = 0; i < now.length; i++) {
      before[i] = now[i].fresh();
    }
  }

  /** The column by which a row breaks the order, or null when it keeps it. */
  @Nullable String broken(RowReader row) {
    String broken = null;
    boolean compares = started;
    started = true;
    for (int i = 0; i < now.length; i++) {
      KeyBytes key = now[i].read(row);
      KeyBytes last = before[i];
      now[i] = last;
      before[i] = key;
      int compared = compares ? last.compareTo(key) : 0;
      if (compared > 0) {
        broken = order.get(i).column();
      }
      compares &= compared == 0;
    }
    return broken;
  }

  /** Makes the failure of a row that breaks the order. */
  interface Refusal {
    /**
     * The failure.
     *
     * @param number the row's number, from 1
     * @param column the column that breaks the order
     */
    BinderyException of(long number, String column);
  }
}
