package io.bindery.aggregate.internal.expression;

import io.bindery.aggregate.internal.expression.Value.Computed;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Expressions as they could be written in a definition. */
public final class Written {
  private static final Set<String> INFIX =
      Set.of("and", "or", "+", "-", "*", "/", "=", "<>", "!=", "<", "<=", ">", ">=");
  private static final Set<String> LOGIC = Set.of("and", "or");

  private Written() {}

  /**
   * A value as it is written down.
   *
   * @param value a value of a column, or null
   */
  public static String literal(@Nullable Object value) {
    if (value == null || value instanceof Boolean || value instanceof Long) {
      return String.valueOf(value);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Number) {
      return value.toString();
    }
    String text =
        value instanceof byte[] bytes
            ? Base64.getEncoder().encodeToString(bytes)
            : value.toString();
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  static String computed(Computed value) {
    List<Value> operands = value.operands();
    String operator = value.operator();
    if (operator.equals(Computed.CONVERTED)) {
      return operands.get(0).toString();
    }
    if (INFIX.contains(operator)) {
      return operands.stream()
          .map(operand -> inner(operand, operator))
          .collect(Collectors.joining(" " + operator + " "));
    }
    return switch (operator) {
      case "not" -> "not " + inner(operands.get(0), operator);
      case "is null", "is not null" -> inner(operands.get(0), operator) + " " + operator;
      default ->
          operands.stream()
              .map(Value::toString)
              .collect(Collectors.joining(", ", operator + "(", ")"));
    };
  }

  /** An operand, in parentheses where it could be read otherwise. */
  private static String inner(Value operand, String around) {
    if (!(operand instanceof Computed computed)) {
      return operand.toString();
    }
    String operator = computed.operator();
    if (operator.equals(Computed.CONVERTED)) {
      return inner(computed.operands().get(0), around);
    }
    boolean joined = INFIX.contains(operator) || operator.equals("not");
    boolean clear = LOGIC.contains(around) && !LOGIC.contains(operator);
    return joined && !clear && !(operator.equals(around) && LOGIC.contains(around))
        ? "(" + operand + ")"
        : operand.toString();
  }
}
