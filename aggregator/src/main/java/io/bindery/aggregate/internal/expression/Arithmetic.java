package io.bindery.aggregate.internal.expression;

import io.bindery.aggregate.internal.expression.Value.Computed;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Plus, minus, times, divided by: exact for whole numbers and decimals. A quotient has four more
 * decimals than its terms and is null when divided by zero, as in MySQL.
 */
final class Arithmetic {
  private static final int QUOTIENT_SCALE = 4;

  private Arithmetic() {}

  static Value of(String operator, Value left, Value right) throws FormulaException {
    ColumnType common = Conversion.common(left.type(), right.type());
    if (common == null || !Conversion.numeric(common)) {
      throw new FormulaException(
          "'%s' needs numbers, not %s and %s; for texts write concat(a, b)"
              .formatted(operator, Conversion.described(left), Conversion.described(right)));
    }
    boolean divides = operator.equals("/");
    ColumnType type = divides && common == ColumnType.INTEGER ? ColumnType.DECIMAL : common;
    Value a = Conversion.widen(left, type);
    Value b = Conversion.widen(right, type);
    BinaryOperator<@Nullable Object> operation = operation(operator, type);
    return new Computed(
        operator,
        List.of(a, b),
        type,
        divides || left.nullable() || right.nullable(),
        row -> {
          Object x = a.of(row);
          Object y = b.of(row);
          return x == null || y == null ? null : operation.apply(x, y);
        });
  }

  static Value negated(Value value) throws FormulaException {
    if (value instanceof Value.Literal literal && literal.value() instanceof Long whole) {
      return new Value.Literal(ColumnType.INTEGER, -whole);
    }
    if (value instanceof Value.Literal literal && literal.value() instanceof BigDecimal decimal) {
      return new Value.Literal(ColumnType.DECIMAL, decimal.negate());
    }
    return of("-", new Value.Literal(ColumnType.INTEGER, 0L), value);
  }

  private static BinaryOperator<@Nullable Object> operation(String operator, ColumnType type) {
    return switch (type) {
      case INTEGER -> (x, y) -> whole(operator, (Long) x, (Long) y);
      case DECIMAL -> (x, y) -> decimal(operator, (BigDecimal) x, (BigDecimal) y);
      default -> (x, y) -> floating(operator, (Double) x, (Double) y);
    };
  }

  private static Object whole(String operator, long x, long y) {
    try {
      return switch (operator) {
        case "+" -> Math.addExact(x, y);
        case "-" -> Math.subtractExact(x, y);
        default -> Math.multiplyExact(x, y);
      };
    } catch (ArithmeticException e) {
      throw new BinderyException(
          ErrorCode.QUERY,
          null,
          "%d %s %d does not fit into 64 bits; make one a decimal: 1.0 * column"
              .formatted(x, operator, y),
          e);
    }
  }

  private static @Nullable Object decimal(String operator, BigDecimal x, BigDecimal y) {
    return switch (operator) {
      case "+" -> x.add(y);
      case "-" -> x.subtract(y);
      case "*" -> x.multiply(y);
      default ->
          y.signum() == 0
              ? null
              : x.divide(y, Math.max(x.scale(), y.scale()) + QUOTIENT_SCALE, RoundingMode.HALF_UP);
    };
  }

  private static @Nullable Object floating(String operator, double x, double y) {
    return switch (operator) {
      case "+" -> x + y;
      case "-" -> x - y;
      case "*" -> x * y;
      default -> y == 0 ? null : (Object) (x / y);
    };
  }
}
