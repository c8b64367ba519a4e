package io.bindery.aggregate.internal.operator;

import io.bindery.source.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row that is set from outside, so that expressions can be worked out over it. */
final class ArrayRow extends DerivedReader {
  private @Nullable Object[] values = new Object[0];

  ArrayRow(List<Column> columns) {
    super(columns, List.of());
  }

  void set(@Nullable Object[] newValues) {
    values = newValues;
  }

  @Override
  public boolean next() {
    return false;
  }

  @Override
  public @Nullable Object value(int column) {
    return values[column];
  }
}
