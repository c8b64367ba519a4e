package io.bindery.aggregate.internal.expression;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person may have meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The known name that differs least from a written one, if it does not differ much.
   *
   * @param written what was written
   * @param known what exists
   */
  public static @Nullable String to(String written, Collection<String> known) {
    String nearest = null;
    int least = Math.max(2, written.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(written.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /**
   * The complaint about a name that does not exist.
   *
   * @param what the kind of thing
   * @param written what was written
   * @param known what exists
   */
  public static String unknown(String what, String written, Collection<String> known) {
    String nearest = to(written, known);
    String complaint = "unknown %s '%s'".formatted(what, written);
    if (nearest != null) {
      complaint += ", did you mean '%s'?".formatted(nearest);
    }
    return known.isEmpty()
        ? complaint + "; there are none"
        : complaint + (nearest == null ? "; known: " : " known: ") + String.join(", ", known);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
