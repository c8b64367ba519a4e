package io.bindery.aggregate.internal;

import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A reader that needs only values. */
public abstract class TestReader implements RowReader {
  @Override
  public boolean isNull(int column) {
    return value(column) == null;
  }

  @Override
  public long getLong(int column) {
    return (Long) Objects.requireNonNull(value(column));
  }

  @Override
  public double getDouble(int column) {
    return (Double) Objects.requireNonNull(value(column));
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return (BigDecimal) Objects.requireNonNull(value(column));
  }

  @Override
  public void text(int column, Utf8Slice target) {
    Object value = value(column);
    String text =
        value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    target.set(bytes, 0, bytes.length);
  }

  @Override
  public Object row() {
    return this;
  }
}
