package io.bindery.aggregate.internal.expression;

import io.bindery.aggregate.internal.expression.Value.Computed;
import io.bindery.aggregate.internal.expression.Value.Literal;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Values from one type to another, and from text. */
public final class Conversion {
  private Conversion() {}

  /** The type as people read it: {@code integer}. */
  public static String word(ColumnType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** A value and its type as people read them: {@code integer 'amount'}. */
  static String described(Value value) {
    return value instanceof Value.Literal literal && literal.value() instanceof String
        ? word(value.type()) + " " + value
        : "%s '%s'".formatted(word(value.type()), value);
  }

  /**
   * The type in which values of two types can be compared or stand in one column, or null.
   *
   * @param left one type
   * @param right another
   */
  static @Nullable ColumnType common(ColumnType left, ColumnType right) {
    if (left == right) {
      return left;
    }
    if (numeric(left) && numeric(right)) {
      return left == ColumnType.DOUBLE || right == ColumnType.DOUBLE
          ? ColumnType.DOUBLE
          : ColumnType.DECIMAL;
    }
    boolean days = left == ColumnType.DATE && right == ColumnType.DATETIME;
    return days || (left == ColumnType.DATETIME && right == ColumnType.DATE)
        ? ColumnType.DATETIME
        : null;
  }

  static boolean numeric(ColumnType type) {
    return type == ColumnType.INTEGER || type == ColumnType.DECIMAL || type == ColumnType.DOUBLE;
  }

  /**
   * A value as one of a wider type.
   *
   * @param value the value
   * @param type a type that {@link #common} gave for it
   */
  public static Value widen(Value value, ColumnType type) {
    if (value.type() == type) {
      return value;
    }
    if (Comparisons.isNull(value)) {
      return new Literal(type, null);
    }
    UnaryOperator<Object> conversion =
        switch (type) {
          case DECIMAL -> number -> decimal(value, number);
          case DOUBLE -> number -> ((Number) number).doubleValue();
          case DATETIME -> day -> ((LocalDate) day).atStartOfDay();
          default -> throw new IllegalArgumentException(value.type() + " as " + type);
        };
    if (value instanceof Literal literal && literal.value() != null) {
      return new Literal(type, conversion.apply(literal.value()));
    }
    return new Computed(
        Computed.CONVERTED,
        List.of(value),
        type,
        value.nullable(),
        row -> {
          Object from = value.of(row);
          return from == null ? null : conversion.apply(from);
        });
  }

  private static BigDecimal decimal(Value from, Object number) {
    if (number instanceof Double floating && !Double.isFinite(floating)) {
      throw new BinderyException(
          ErrorCode.QUERY,
          "'%s' is %s, which no decimal can be; leave such rows out in an aggregate of its own: "
                  .formatted(from, number)
              + "where = abs(%1$s) < 1000000000".formatted(from));
    }
    return new BigDecimal(number.toString());
  }

  /**
   * Reads a text as a value of a type.
   *
   * @param text the text
   * @param type the type
   * @throws FormulaException when the text is no such value
   */
  public static Object parse(String text, ColumnType type) throws FormulaException {
    try {
      return switch (type) {
        case BOOLEAN -> truth(text);
        case INTEGER -> Long.valueOf(text.strip());
        case DECIMAL -> new BigDecimal(text.strip());
        case DOUBLE -> Double.valueOf(text.strip());
        case TEXT -> text;
        case DATE -> LocalDate.parse(text.strip());
        case TIME -> LocalTime.parse(text.strip());
        case DATETIME -> dateTime(text.strip());
        case INSTANT -> Instant.parse(text.strip());
        case BYTES -> Base64.getDecoder().decode(text.strip());
        case LIST -> throw new IllegalArgumentException(text);
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new FormulaException("'%s' is no %s".formatted(text, describe(type)));
    }
  }

  private static Boolean truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static LocalDateTime dateTime(String text) {
    return text.length() <= 10
        ? LocalDate.parse(text).atStartOfDay()
        : LocalDateTime.parse(text.replace(' ', 'T'));
  }

  private static String describe(ColumnType type) {
    return switch (type) {
      case BOOLEAN -> "truth value; write true or false";
      case INTEGER -> "whole number";
      case DECIMAL, DOUBLE -> "number";
      case TEXT -> "text";
      case DATE -> "date; write 2026-01-31";
      case TIME -> "time; write 13:45:00";
      case DATETIME -> "date and time; write 2026-01-31T13:45:00";
      case INSTANT -> "point in time; write 2026-01-31T13:45:00Z";
      case BYTES -> "base64";
      case LIST -> "list, which cannot be given";
    };
  }
}
