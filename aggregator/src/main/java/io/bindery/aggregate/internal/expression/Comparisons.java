package io.bindery.aggregate.internal.expression;

import io.bindery.aggregate.internal.expression.Value.Computed;
import io.bindery.aggregate.internal.expression.Value.Literal;
import io.bindery.source.ColumnType;
import io.bindery.source.SortKey;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The comparisons: null when a side is null, texts by their UTF-8 bytes, numbers by value. */
final class Comparisons {
  private static final Comparator<@Nullable Object> ORDER =
      new SortKey("", SortKey.Direction.ASCENDING, SortKey.Comparison.NUMBER).comparator();

  private Comparisons() {}

  static Value compare(String operator, Value left, Value right) throws FormulaException {
    if (isNull(left) || isNull(right)) {
      throw new FormulaException(
          "nothing compares with null; write 'is null' or 'is not null' instead of '%s null'"
              .formatted(operator));
    }
    if (left.type() == ColumnType.LIST || right.type() == ColumnType.LIST) {
      throw new FormulaException("a list cannot be compared by '%s'".formatted(operator));
    }
    Value a = asTypeOf(right, left);
    Value b = asTypeOf(left, right);
    ColumnType common = Conversion.common(a.type(), b.type());
    if (common == null) {
      throw new FormulaException(
          "cannot compare %s with %s by '%s'%s"
              .formatted(
                  Conversion.described(a),
                  Conversion.described(b),
                  operator,
                  temporal(a.type()) || temporal(b.type())
                      ? "; write a date or time in quotes, such as '2026-01-31'"
                      : ""));
    }
    Value first = Conversion.widen(a, common);
    Value second = Conversion.widen(b, common);
    IntPredicate holds = holds(operator);
    return new Computed(
        operator,
        List.of(first, second),
        ColumnType.BOOLEAN,
        a.nullable() || b.nullable(),
        TextComparison.of(
            first,
            second,
            holds,
            row -> {
              Object x = first.of(row);
              Object y = second.of(row);
              return x == null || y == null ? null : (Object) holds.test(ORDER.compare(x, y));
            }));
  }

  static boolean isNull(Value value) {
    return value instanceof Literal literal && literal.value() == null;
  }

  /** A text that was written down beside a date or time means one. */
  private static Value asTypeOf(Value other, Value value) throws FormulaException {
    if (value instanceof Literal literal && literal.value() instanceof String text) {
      return temporal(other.type())
          ? new Literal(other.type(), Conversion.parse(text, other.type()))
          : value;
    }
    return value;
  }

  private static boolean temporal(ColumnType type) {
    return switch (type) {
      case DATE, TIME, DATETIME, INSTANT -> true;
      default -> false;
    };
  }

  private static IntPredicate holds(String operator) {
    return switch (operator) {
      case "=" -> order -> order == 0;
      case "<>", "!=" -> order -> order != 0;
      case "<" -> order -> order < 0;
      case "<=" -> order -> order <= 0;
      case ">" -> order -> order > 0;
      case ">=" -> order -> order >= 0;
      default -> throw new IllegalArgumentException(operator);
    };
  }
}
