package io.bindery.aggregate.internal.operator;

import io.bindery.source.Column;
import io.bindery.source.RowReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives rows that it holds in memory. */
abstract class HeldReader extends DerivedReader {
  private @Nullable Object[] row = new Object[0];

  HeldReader(List<Column> columns, List<? extends RowReader> inputs) {
    super(columns, inputs);
  }

  /** The next row, or null behind the last. */
  abstract @Nullable Object @Nullable [] produce();

  @Override
  public final boolean next() {
    @Nullable Object[] next = produce();
    if (next == null) {
      return false;
    }
    row = next;
    return true;
  }

  @Override
  public final @Nullable Object value(int column) {
    return row[column];
  }
}
