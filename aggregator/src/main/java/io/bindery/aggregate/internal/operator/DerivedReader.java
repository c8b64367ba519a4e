package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.expression.Scaled;
import io.bindery.aggregate.internal.expression.ScaledRow;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reader whose rows are made of other readers' rows: it knows values, and all else follows from
 * them. Operators that hand rows on unchanged override what can be handed on.
 */
public abstract class DerivedReader implements RowReader, ScaledRow {
  private final List<Column> columns;
  private final List<? extends RowReader> inputs;

  /**
   * A reader over others.
   *
   * @param columns what each row holds
   * @param inputs whose rows it makes its own of; aborted and closed with it
   */
  protected DerivedReader(List<Column> columns, List<? extends RowReader> inputs) {
    this.columns = columns;
    this.inputs = inputs;
  }

  @Override
  public abstract @Nullable Object value(int column);

  @Override
  public boolean isNull(int column) {
    return value(column) == null;
  }

  @Override
  public long getLong(int column) {
    return (Long) present(column);
  }

  @Override
  public double getDouble(int column) {
    return (Double) present(column);
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return (BigDecimal) present(column);
  }

  @Override
  public boolean scaled(int column, Scaled target) {
    return false;
  }

  private Object present(int column) {
    return Objects.requireNonNull(value(column), "null");
  }

  @Override
  public void text(int column, Utf8Slice target) {
    Object value = value(column);
    byte[] bytes = (value == null ? "" : Texts.of(value)).getBytes(StandardCharsets.UTF_8);
    target.set(bytes, 0, bytes.length);
  }

  /** The values by the columns' names, in their order. */
  @Override
  public Object row() {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i).name(), value(i));
    }
    return Collections.unmodifiableMap(row);
  }

  @Override
  public void abort() {
    inputs.forEach(RowReader::abort);
  }

  @Override
  public void close() {
    inputs.forEach(RowReader::close);
  }
}
