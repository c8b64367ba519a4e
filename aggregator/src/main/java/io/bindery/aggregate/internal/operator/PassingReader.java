package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.expression.Scaled;
import io.bindery.aggregate.internal.expression.ScaledRow;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands on rows of its inputs as they are, without copying anything. */
abstract class PassingReader extends DerivedReader {
  PassingReader(List<Column> columns, List<? extends RowReader> inputs) {
    super(columns, inputs);
  }

  /** The reader that stands on the current row. */
  abstract RowReader current();

  @Override
  public final boolean isNull(int column) {
    return current().isNull(column);
  }

  @Override
  public final long getLong(int column) {
    return current().getLong(column);
  }

  @Override
  public final double getDouble(int column) {
    return current().getDouble(column);
  }

  @Override
  public final BigDecimal getDecimal(int column) {
    return current().getDecimal(column);
  }

  @Override
  public final @Nullable Object value(int column) {
    return current().value(column);
  }

  @Override
  public final void text(int column, Utf8Slice target) {
    current().text(column, target);
  }

  @Override
  public final boolean hasTexts(int column) {
    return current().hasTexts(column);
  }

  @Override
  public final boolean scaled(int column, Scaled target) {
    return current() instanceof ScaledRow from && from.scaled(column, target);
  }
}
