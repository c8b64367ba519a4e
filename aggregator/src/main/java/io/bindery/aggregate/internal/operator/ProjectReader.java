package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.expression.Scaled;
import io.bindery.aggregate.internal.expression.ScaledRow;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Other columns for each row; a column that is only renamed is handed on as it is. */
final class ProjectReader extends DerivedReader {
  private final RowReader input;
  private final Value[] items;
  private final int[] plain;

  ProjectReader(List<Column> columns, RowReader input, List<Value> items) {
    super(columns, List.of(input));
    this.input = input;
    this.items = items.toArray(new Value[0]);
    this.plain =
        items.stream()
            .mapToInt(item -> item instanceof ColumnValue column ? column.index() : -1)
            .toArray();
  }

  @Override
  public boolean next() {
    return input.next();
  }

  @Override
  public @Nullable Object value(int column) {
    return items[column].of(input);
  }

  @Override
  public boolean isNull(int column) {
    return plain[column] < 0 ? super.isNull(column) : input.isNull(plain[column]);
  }

  @Override
  public long getLong(int column) {
    return plain[column] < 0 ? super.getLong(column) : input.getLong(plain[column]);
  }

  @Override
  public double getDouble(int column) {
    return plain[column] < 0 ? super.getDouble(column) : input.getDouble(plain[column]);
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return plain[column] < 0 ? super.getDecimal(column) : input.getDecimal(plain[column]);
  }

  @Override
  public void text(int column, Utf8Slice target) {
    if (plain[column] < 0) {
      super.text(column, target);
    } else {
      input.text(plain[column], target);
    }
  }

  @Override
  public boolean hasTexts(int column) {
    return plain[column] >= 0 && input.hasTexts(plain[column]);
  }

  @Override
  public boolean scaled(int column, Scaled target) {
    return plain[column] >= 0
        && input instanceof ScaledRow from
        && from.scaled(plain[column], target);
  }
}
