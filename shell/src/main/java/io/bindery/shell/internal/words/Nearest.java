package io.bindery.shell.internal.words;

import io.bindery.error.NearestName;
import java.util.List;

/** What to say after an unknown name. */
public final class Nearest {
  private static final int SHOWN = 10;

  private Nearest() {}

  /**
   * What to say after an unknown name: the nearest, else all that there are.
   *
   * @param typed what was typed
   * @param known what there is, sorted
   * @param plural how such things are called
   * @return such as {@code "did you mean 'crm'?"} or {@code "there are no binds"}
   */
  public static String advice(String typed, List<String> known, String plural) {
    String nearest = NearestName.of(typed, known);
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
}
