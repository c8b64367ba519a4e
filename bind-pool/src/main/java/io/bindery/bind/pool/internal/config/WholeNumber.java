package io.bindery.bind.pool.internal.config;

import org.jspecify.annotations.Nullable;

/** Whole numbers as people write them. */
final class WholeNumber {
  private WholeNumber() {}

  /** The number that a text is, or null when it is none. */
  static @Nullable Long parse(String text) {
    try {
      return Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
