package io.bindery.aggregate.internal.record;

import io.bindery.source.ColumnType;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which types of Java hold every value of a column. */
final class ComponentType {
  private static final Map<ColumnType, Class<?>> NATURAL =
      Map.ofEntries(
          Map.entry(ColumnType.BOOLEAN, Boolean.class),
          Map.entry(ColumnType.INTEGER, Long.class),
          Map.entry(ColumnType.DECIMAL, BigDecimal.class),
          Map.entry(ColumnType.DOUBLE, Double.class),
          Map.entry(ColumnType.TEXT, String.class),
          Map.entry(ColumnType.DATE, LocalDate.class),
          Map.entry(ColumnType.TIME, LocalTime.class),
          Map.entry(ColumnType.DATETIME, LocalDateTime.class),
          Map.entry(ColumnType.INSTANT, Instant.class),
          Map.entry(ColumnType.BYTES, byte[].class),
          Map.entry(ColumnType.LIST, List.class));

  private ComponentType() {}

  /**
   * How a column's values become a component's; null when some value might not fit.
   *
   * @param column the column's type
   * @param component the component's type
   */
  static @Nullable UnaryOperator<Object> conversion(ColumnType column, Class<?> component) {
    Class<?> wanted = MethodType.methodType(component).wrap().returnType();
    if (wanted.isAssignableFrom(natural(column))) {
      // a reader may use the same bytes for the next row
      return column == ColumnType.BYTES ? bytes -> ((byte[]) bytes).clone() : value -> value;
    }
    if (column == ColumnType.INTEGER && wanted == BigDecimal.class) {
      return value -> BigDecimal.valueOf((Long) value);
    }
    if (column == ColumnType.INTEGER && wanted == BigInteger.class) {
      return value -> BigInteger.valueOf((Long) value);
    }
    return null;
  }

  /** The type to advise for a column: a primitive one where there is one and no null comes. */
  static String advised(ColumnType column, boolean nullable) {
    Class<?> natural = natural(column);
    return (nullable ? natural : MethodType.methodType(natural).unwrap().returnType())
        .getSimpleName();
  }

  private static Class<?> natural(ColumnType column) {
    Class<?> natural = NATURAL.get(column);
    if (natural == null) {
      throw new IllegalArgumentException(column + " has no type in Java");
    }
    return natural;
  }
}
