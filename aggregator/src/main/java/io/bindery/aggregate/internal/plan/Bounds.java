package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.aggregate.internal.expression.Value.Computed;
import io.bindery.aggregate.internal.expression.Value.Literal;
import io.bindery.source.KeyRange;
import io.bindery.source.SortKey;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stretches of values that a condition leaves, where it compares columns with values. */
final class Bounds {
  private static final Comparator<@Nullable Object> ORDER =
      new SortKey("", SortKey.Direction.ASCENDING, SortKey.Comparison.NUMBER).comparator();

  private Bounds() {}

  /** The stretches by the columns' indexes. Both ends belong to them, also for {@code <}. */
  static Map<Integer, KeyRange> of(Value condition) {
    Map<Integer, KeyRange> bounds = new HashMap<>();
    add(condition, bounds);
    return bounds;
  }

  private static void add(Value condition, Map<Integer, KeyRange> bounds) {
    if (!(condition instanceof Computed computed) || computed.operands().size() != 2) {
      return;
    }
    Value left = computed.operands().get(0);
    Value right = computed.operands().get(1);
    if (computed.operator().equals("and")) {
      add(left, bounds);
      add(right, bounds);
    } else if (left instanceof ColumnValue column && right instanceof Literal literal) {
      add(column, computed.operator(), literal, bounds);
    } else if (left instanceof Literal literal && right instanceof ColumnValue column) {
      add(column, mirrored(computed.operator()), literal, bounds);
    }
  }

  private static void add(
      ColumnValue column, String operator, Literal literal, Map<Integer, KeyRange> bounds) {
    Object value = literal.value();
    KeyRange range =
        switch (operator) {
          case "=" -> new KeyRange(column.name(), value, value);
          case "<", "<=" -> new KeyRange(column.name(), null, value);
          case ">", ">=" -> new KeyRange(column.name(), value, null);
          default -> null;
        };
    if (range != null) {
      bounds.merge(column.index(), range, Bounds::both);
    }
  }

  private static String mirrored(String operator) {
    return switch (operator) {
      case "<" -> ">";
      case "<=" -> ">=";
      case ">" -> "<";
      case ">=" -> "<=";
      default -> operator;
    };
  }

  /** What lies in both stretches. */
  static KeyRange both(KeyRange one, KeyRange other) {
    return new KeyRange(
        one.column(), farther(one.from(), other.from(), 1), farther(one.to(), other.to(), -1));
  }

  private static @Nullable Object farther(@Nullable Object a, @Nullable Object b, int sign) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Integer.signum(ORDER.compare(a, b)) == sign ? a : b;
  }

  /** A value as a person would give it as a parameter. */
  static String text(Object value) {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
