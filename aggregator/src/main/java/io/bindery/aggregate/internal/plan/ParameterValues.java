package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.expression.FormulaException;
import io.bindery.aggregate.internal.expression.Nearest;
import io.bindery.source.Parameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Texts as the types that a source's parameters have. */
final class ParameterValues {
  private static final Map<Class<?>, Function<String, Object>> CONVERSIONS =
      Map.ofEntries(
          Map.entry(String.class, text -> text),
          Map.entry(Object.class, text -> text),
          Map.entry(Boolean.class, ParameterValues::truth),
          Map.entry(Byte.class, text -> Byte.valueOf(text.strip())),
          Map.entry(Short.class, text -> Short.valueOf(text.strip())),
          Map.entry(Integer.class, text -> Integer.valueOf(text.strip())),
          Map.entry(Long.class, text -> Long.valueOf(text.strip())),
          Map.entry(Float.class, text -> Float.valueOf(text.strip())),
          Map.entry(Double.class, text -> Double.valueOf(text.strip())),
          Map.entry(BigDecimal.class, text -> new BigDecimal(text.strip())),
          Map.entry(BigInteger.class, text -> new BigInteger(text.strip())),
          Map.entry(LocalDate.class, text -> LocalDate.parse(text.strip())),
          Map.entry(LocalTime.class, text -> LocalTime.parse(text.strip())),
          Map.entry(
              LocalDateTime.class, text -> LocalDateTime.parse(text.strip().replace(' ', 'T'))),
          Map.entry(Instant.class, text -> Instant.parse(text.strip())));

  private ParameterValues() {}

  /**
   * A text as a value of a parameter's type.
   *
   * @throws FormulaException when it is no such value, with what a person can do
   */
  static Object of(Parameter parameter, String text) throws FormulaException {
    if (!parameter.constants().isEmpty() && !parameter.constants().contains(text)) {
      throw new FormulaException(Nearest.unknown("value", text, parameter.constants()));
    }
    try {
      Function<String, Object> conversion = CONVERSIONS.get(parameter.type());
      if (conversion != null) {
        return conversion.apply(text);
      }
    } catch (RuntimeException e) {
      throw new FormulaException("'%s' is no %s".formatted(text, parameter.type().getSimpleName()));
    }
    throw new FormulaException(
        "a text cannot be made a %s; let the mapper take a String or a number"
            .formatted(parameter.type().getName()));
  }

  private static Object truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }
}
