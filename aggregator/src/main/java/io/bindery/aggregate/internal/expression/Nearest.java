package io.bindery.aggregate.internal.expression;

import io.bindery.error.NearestName;
import java.util.Collection;
import java.util.stream.Collectors;

/** What a person may have meant. */
public final class Nearest {
  private static final int SHOWN = 12;

  private Nearest() {}

  /**
   * The complaint about a name that does not exist.
   *
   * @param what the kind of thing
   * @param written what was written
   * @param known what exists, of which the first are named
   */
  public static String unknown(String what, String written, Collection<String> known) {
    String nearest = NearestName.of(written, known);
    String complaint = "unknown %s '%s'".formatted(what, written);
    if (nearest != null) {
      complaint += ", did you mean '%s'?".formatted(nearest);
    }
    return known.isEmpty()
        ? complaint + "; there are none"
        : complaint + (nearest == null ? "; known: " : " known: ") + some(known);
  }

  private static String some(Collection<String> known) {
    int more = known.size() - SHOWN;
    String some = known.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return more > 0 ? "%s and %d more".formatted(some, more) : some;
  }
}
