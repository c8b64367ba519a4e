package io.bindery.aggregate.internal.expression;

import org.jspecify.annotations.Nullable;

/**
 * Numbered places in which accumulators keep what they have come to. A place holds a number or a
 * value, nothing at first, which reads as 0 and as null. For one thread at a time.
 */
public interface Slots {
  /**
   * Whether there is nothing in a place yet, neither a value nor a number other than 0.
   *
   * @param at the place
   */
  boolean isEmpty(int at);

  /**
   * The number in a place, 0 at first.
   *
   * @param at the place
   */
  long number(int at);

  /**
   * Puts a number into a place.
   *
   * @param at the place
   * @param number the number
   */
  void number(int at, long number);

  /**
   * The value in a place, null at first.
   *
   * @param at the place
   */
  @Nullable Object value(int at);

  /**
   * Puts a value into a place.
   *
   * @param at the place
   * @param value a value of a column, or an array of such, which may be null
   */
  void value(int at, Object value);
}
