package io.bindery.error;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses which known name a person meant, for the remedy in a message. */
public final class NearestName {
  private static final int BEGINNING = 3;
  private static final int SHORT = 4;

  private NearestName() {}

  /**
   * The known name that differs least from a written one, if it does not differ much: by a third of
   * its letters, or by its missing end. Upper and lower case are the same.
   *
   * @param written what was written
   * @param known what exists, in the order of preference
   * @return one of the known names, or null when none is near
   */
  public static @Nullable String of(String written, Collection<String> known) {
    String wanted = written.toLowerCase(Locale.ROOT);
    String nearest = null;
    int least = Math.max(wanted.length() <= SHORT ? 1 : 2, wanted.length() / 3) + 1;
    for (String name : known) {
      String candidate = name.toLowerCase(Locale.ROOT);
      boolean begins = wanted.length() >= BEGINNING && candidate.startsWith(wanted);
      int distance =
          begins ? Math.min(1, distance(wanted, candidate)) : distance(wanted, candidate);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /** How many letters must be added, removed, changed or swapped with their neighbour. */
  private static int distance(String left, String right) {
    int[] before = new int[right.length() + 1];
    int[] above = new int[right.length() + 1];
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        row[j] = Math.min(above[j - 1] + (same ? 0 : 1), Math.min(above[j], row[j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      int[] spare = before;
      before = above;
      above = row;
      row = spare;
    }
    return above[right.length()];
  }
}
