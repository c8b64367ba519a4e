package io.bindery.source;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The one order of values that all sources and merges share. */
final class ValueOrder {
  static final Comparator<@Nullable Object> NULL_LOWEST = ValueOrder::compare;

  /** The same, but that texts are compared by their folded form. */
  static final Comparator<@Nullable Object> FOLDED =
      (left, right) -> compare(folded(left), folded(right));

  private ValueOrder() {}

  private static @Nullable Object folded(@Nullable Object value) {
    return value instanceof String text ? CaseFolding.fold(text) : value;
  }

  private static int compare(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return left == right ? 0 : left == null ? -1 : 1;
    }
    if (left instanceof String a && right instanceof String b) {
      return compareCodePoints(a, b);
    }
    if (left instanceof byte[] a && right instanceof byte[] b) {
      return Arrays.compareUnsigned(a, b);
    }
    if (left instanceof Number a && right instanceof Number b && a.getClass() != b.getClass()) {
      return Double.isFinite(a.doubleValue()) && Double.isFinite(b.doubleValue())
          ? new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()))
          : Double.compare(a.doubleValue(), b.doubleValue());
    }
    if (left instanceof Double a && right instanceof Double b && a == 0 && b == 0) {
      return 0; // a zero below zero is one, as databases and decimals have it
    }
    @SuppressWarnings("unchecked")
    Comparable<Object> comparable = (Comparable<Object>) left;
    return comparable.compareTo(right);
  }

  /**
   * The order of UTF-8 bytes, which for surrogate pairs is not that of {@link String#compareTo}.
   */
  private static int compareCodePoints(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    for (int i = 0; i < shorter; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean aSurrogate = Character.isSurrogate(a);
        boolean bSurrogate = Character.isSurrogate(b);
        return aSurrogate == bSurrogate ? Character.compare(a, b) : aSurrogate ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
