package io.bindery.bind.pool.internal.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Guesses what a person meant to write. */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name that is nearest to a wrong one, or null when none is near.
   *
   * @param wrong what was written
   * @param known what could have been written
   * @param habits names that people bring along from elsewhere, in lower case, with ours
   */
  public static @Nullable String of(
      String wrong, Collection<String> known, Map<String, String> habits) {
    String lower = wrong.toLowerCase(Locale.ROOT);
    if (habits.containsKey(lower)) {
      return habits.get(lower);
    }
    String best = null;
    int bestDistance = Math.max(1, wrong.length() / 3) + 1;
    for (String name : known) {
      int distance = distance(lower, name.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        bestDistance = distance;
        best = name;
      }
    }
    return best;
  }

  /** How many letters must be added, dropped or changed to make one text the other. */
  static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
