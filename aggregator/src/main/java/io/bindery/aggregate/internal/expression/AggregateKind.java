package io.bindery.aggregate.internal.expression;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The functions that make one value out of many rows. */
public enum AggregateKind {
  /** How many rows, how many for which a condition is true, or how many with a value. */
  COUNT,
  /** The sum of the values; null when there is none. */
  SUM,
  /** The lowest value. */
  MIN,
  /** The highest value. */
  MAX,
  /** The mean of the values; null when there is none. */
  AVG,
  /** Some columns of all rows, as a list. */
  LIST;

  /** The kind with a function's name in lower case, or null. */
  static @Nullable AggregateKind of(String name) {
    for (AggregateKind kind : values()) {
      if (kind.word().equals(name)) {
        return kind;
      }
    }
    return null;
  }

  /** The name of the function. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
