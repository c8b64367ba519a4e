package io.bindery.aggregate.internal.expression;

import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.aggregate.internal.expression.Value.Computation;
import io.bindery.aggregate.internal.expression.Value.Literal;
import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares the text of a column with one that was written down, by their bytes where those are at
 * hand.
 */
final class TextComparison implements Computation {
  private final int column;
  private final byte[] wanted;
  private final IntPredicate holds;
  private final Computation otherwise;

  private TextComparison(int column, byte[] wanted, IntPredicate holds, Computation otherwise) {
    this.column = column;
    this.wanted = wanted;
    this.holds = holds;
    this.otherwise = otherwise;
  }

  /**
   * A comparison by bytes, where that is possible.
   *
   * @param left one side
   * @param right the other
   * @param holds what of their order is true
   * @param otherwise compares them by their values
   */
  static Computation of(Value left, Value right, IntPredicate holds, Computation otherwise) {
    if (left instanceof Literal && right instanceof ColumnValue) {
      return of(right, left, order -> holds.test(-order), otherwise);
    }
    if (!(left instanceof ColumnValue column)
        || column.type() != ColumnType.TEXT
        || !(right instanceof Literal literal)
        || !(literal.value() instanceof String text)) {
      return otherwise;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // half a surrogate pair has no bytes of its own
    boolean whole = new String(bytes, StandardCharsets.UTF_8).equals(text);
    return whole ? new TextComparison(column.index(), bytes, holds, otherwise) : otherwise;
  }

  @Override
  public @Nullable Object of(RowReader row) {
    if (!row.hasTexts(column)) {
      return otherwise.of(row);
    }
    if (row.isNull(column)) {
      return null;
    }
    Utf8Slice text = new Utf8Slice();
    row.text(column, text);
    int order =
        Arrays.compareUnsigned(
            text.bytes(), text.offset(), text.offset() + text.length(), wanted, 0, wanted.length);
    return holds.test(order);
  }
}
