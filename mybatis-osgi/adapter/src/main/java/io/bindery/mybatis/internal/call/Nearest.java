package io.bindery.mybatis.internal.call;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guesses which known name a person meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * A question to append to a message, such as {@code " (did you mean 'email'?)"}.
   *
   * @param word what was written
   * @param known the names that exist
   * @return empty when none is near
   */
  public static String hint(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(word, name)))
        .filter(name -> distance(word, name) <= allowed(word))
        .map(" (did you mean '%s'?)"::formatted)
        .orElse("");
  }

  private static int allowed(String word) {
    return word.length() <= 3 ? 1 : Math.max(2, word.length() / 3);
  }

  /** How many letters must be changed, added or left out. */
  private static int distance(String a, String b) {
    String left = a.toLowerCase(Locale.ROOT);
    String right = b.toLowerCase(Locale.ROOT);
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
