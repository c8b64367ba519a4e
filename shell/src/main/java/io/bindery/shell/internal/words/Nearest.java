package io.bindery.shell.internal.words;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the known word that somebody probably meant. */
public final class Nearest {
  private static final int SHOWN = 10;

  private Nearest() {}

  /**
   * The known word that is nearest to a typed one.
   *
   * @param typed what was typed
   * @param known what there is
   * @return the nearest, or null when none is near
   */
  public static @Nullable String of(String typed, Collection<String> known) {
    String best = null;
    int least = Math.max(1, typed.length() / 3) + 1;
    for (String word : known) {
      boolean begins = typed.length() >= 3 && word.startsWith(typed);
      int distance = begins ? 1 : distance(typed, word);
      if (distance < least) {
        least = distance;
        best = word;
      }
    }
    return best;
  }

  /**
   * What to say after an unknown name: the nearest, else all that there are.
   *
   * @param typed what was typed
   * @param known what there is, sorted
   * @param plural how such things are called
   * @return such as {@code "did you mean 'crm'?"} or {@code "there are no binds"}
   */
  public static String advice(String typed, List<String> known, String plural) {
    String nearest = of(typed, known);
    if (nearest != null) {
      return "did you mean '" + nearest + "'?";
    }
    if (known.isEmpty()) {
      return "there are no " + plural;
    }
    String some = String.join(", ", known.subList(0, Math.min(SHOWN, known.size())));
    int more = known.size() - SHOWN;
    return "the " + plural + " are " + some + (more > 0 ? " and " + more + " more" : "");
  }

  /** How many letters must be added, removed, changed or swapped with their neighbour. */
  static int distance(String left, String right) {
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
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
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
