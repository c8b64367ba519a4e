package io.bindery.mybatis.internal.call;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Texts and values as the types that mapper methods take. */
public final class TextValues {
  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          boolean.class, Boolean.class,
          byte.class, Byte.class,
          short.class, Short.class,
          int.class, Integer.class,
          long.class, Long.class,
          float.class, Float.class,
          double.class, Double.class,
          char.class, Character.class);

  private static final Map<Class<?>, Function<String, Object>> PARSERS =
      Map.ofEntries(
          Map.entry(String.class, text -> text),
          Map.entry(Object.class, text -> text),
          Map.entry(Boolean.class, TextValues::bool),
          Map.entry(Byte.class, Byte::valueOf),
          Map.entry(Short.class, Short::valueOf),
          Map.entry(Integer.class, Integer::valueOf),
          Map.entry(Long.class, Long::valueOf),
          Map.entry(Float.class, Float::valueOf),
          Map.entry(Double.class, Double::valueOf),
          Map.entry(BigDecimal.class, BigDecimal::new),
          Map.entry(BigInteger.class, BigInteger::new),
          Map.entry(Character.class, TextValues::character),
          Map.entry(UUID.class, UUID::fromString),
          Map.entry(LocalDate.class, LocalDate::parse),
          Map.entry(LocalTime.class, LocalTime::parse),
          Map.entry(LocalDateTime.class, text -> LocalDateTime.parse(text.replace(' ', 'T'))),
          Map.entry(Instant.class, Instant::parse),
          Map.entry(OffsetDateTime.class, OffsetDateTime::parse),
          Map.entry(ZonedDateTime.class, ZonedDateTime::parse));

  private TextValues() {}

  /**
   * The type with its box around it, if it is a primitive one.
   *
   * @param type any type
   */
  static Class<?> boxed(Class<?> type) {
    return BOXES.getOrDefault(type, type);
  }

  /**
   * A text as a value of a type.
   *
   * @param text the text
   * @param type a parameter's type
   * @throws IllegalArgumentException when it cannot be read; the message names type and remedy
   */
  static Object parse(String text, Class<?> type) {
    if (type.isEnum()) {
      return constant(text, type);
    }
    Function<String, Object> parser = PARSERS.get(boxed(type));
    if (parser == null) {
      throw new IllegalArgumentException(
          "the type %s cannot be written as text".formatted(type.getSimpleName()));
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'%s' is no %s%s".formatted(text, type.getSimpleName(), example(type)), e);
    }
  }

  /**
   * A value as a value of a type, for callers that have a near one: a text, or another number.
   *
   * @param value the value
   * @param type a parameter's type
   * @throws IllegalArgumentException when it does not fit
   */
  public static Object fit(Object value, Class<?> type) {
    Class<?> boxed = boxed(type);
    return boxed.isInstance(value) ? value : parse(plain(value), type);
  }

  private static String plain(Object value) {
    return value instanceof BigDecimal decimal
        ? decimal.stripTrailingZeros().toPlainString()
        : value.toString();
  }

  private static Object bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> true;
      case "false", "no", "0" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Object character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException(text);
    }
    return text.charAt(0);
  }

  private static Object constant(String text, Class<?> type) {
    List<Object> constants = Arrays.asList((Object[]) type.getEnumConstants());
    List<String> names = constants.stream().map(it -> ((Enum<?>) it).name()).toList();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(text)) {
        return constants.get(i);
      }
    }
    throw new IllegalArgumentException(
        "'%s' is none of %s".formatted(text, String.join(", ", names)));
  }

  private static String example(Class<?> type) {
    if (type == LocalDate.class) {
      return "; write it like 2026-01-31";
    }
    if (type == LocalDateTime.class) {
      return "; write it like 2026-01-31T12:00:00";
    }
    return type == Instant.class ? "; write it like 2026-01-31T12:00:00Z" : "";
  }
}
