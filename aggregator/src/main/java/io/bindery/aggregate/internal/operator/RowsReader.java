package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.held.SpillingRows;
import io.bindery.source.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows that were gathered and sorted. */
final class RowsReader extends HeldReader {
  private final SpillingRows rows;

  RowsReader(List<Column> columns, SpillingRows rows) {
    super(columns, List.of());
    this.rows = rows;
  }

  @Override
  @Nullable Object @Nullable [] produce() {
    return rows.next();
  }

  @Override
  public void close() {
    rows.clear();
  }
}
