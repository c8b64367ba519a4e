package io.bindery.mybatis.internal.call;

import io.bindery.error.NearestName;
import java.util.Collection;

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
    String nearest = NearestName.of(word, known);
    return nearest == null ? "" : " (did you mean '%s'?)".formatted(nearest);
  }
}
