package io.bindery.aggregate.internal.expression;

import java.math.BigDecimal;

/**
 * A decimal as a whole number and the count of its decimals, without an object for each. It is
 * filled again and again. For one thread.
 */
public final class Scaled {
  /** Numbers of so many digits fit into a long. */
  private static final int LONG_DIGITS = 18;

  private long unscaled;
  private int scale;

  /** The number without its point. */
  public long unscaled() {
    return unscaled;
  }

  /** How many of its digits stand behind the point; below 0, how many zeros are left out. */
  public int scale() {
    return scale;
  }

  /**
   * Takes a number.
   *
   * @param newUnscaled the number without its point
   * @param newScale how many of its digits stand behind the point
   */
  public void set(long newUnscaled, int newScale) {
    unscaled = newUnscaled;
    scale = newScale;
  }

  /**
   * Reads plain notation.
   *
   * @param bytes where it is
   * @param from where it begins
   * @param to where it ends
   * @return whether it is that, and fits
   */
  public boolean parse(byte[] bytes, int from, int to) {
    boolean minus = from < to && bytes[from] == '-';
    int first = minus ? from + 1 : from;
    int point = -1;
    long value = 0;
    for (int i = first; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        value = 10 * value + digit;
      } else if (bytes[i] == '.' && point < 0) {
        point = i;
      } else {
        return false;
      }
    }
    int digits = to - first - (point < 0 ? 0 : 1);
    if (digits == 0 || digits > LONG_DIGITS) {
      return false;
    }
    set(minus ? -value : value, point < 0 ? 0 : to - point - 1);
    return true;
  }

  /** The number as an object. */
  public BigDecimal decimal() {
    return BigDecimal.valueOf(unscaled, scale);
  }
}
