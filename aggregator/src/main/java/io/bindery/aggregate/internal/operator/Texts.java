package io.bindery.aggregate.internal.operator;

import java.math.BigDecimal;
import java.util.Base64;

/** Values as texts, as {@link io.bindery.source.RowReader#text} wants them. */
final class Texts {
  private Texts() {}

  static String of(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      String text = number.toString();
      return text.indexOf('E') < 0 ? text : new BigDecimal(text).toPlainString();
    }
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : value.toString();
  }
}
