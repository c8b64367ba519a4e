package io.bindery.aggregate.internal.operator;

import io.bindery.source.RowReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values that identify a row in a table: equal when they compare as equal. */
final class HashKey {
  private static final int LONG_DIGITS = 18;

  private final @Nullable Object[] values;
  private final int hash;

  private HashKey(@Nullable Object[] values) {
    this.values = values;
    this.hash = Arrays.hashCode(values);
  }

  static HashKey of(RowReader row, int[] columns) {
    @Nullable Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] = canonical(row.value(columns[i]));
    }
    return new HashKey(values);
  }

  boolean hasNull() {
    return Arrays.asList(values).contains(null);
  }

  long bytes() {
    return 2L * Long.BYTES + Rows.bytes(values);
  }

  /** Numbers compare by value, whatever their type and scale. */
  private static @Nullable Object canonical(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return canonical(decimal);
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? canonical(new BigDecimal(number.toString())) : number;
    }
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes.clone()) : value;
  }

  private static Object canonical(BigDecimal decimal) {
    BigDecimal stripped = decimal.stripTrailingZeros();
    boolean whole = stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= LONG_DIGITS;
    return whole ? (Object) stripped.longValueExact() : stripped;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HashKey key && hash == key.hash && Arrays.equals(values, key.values);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
