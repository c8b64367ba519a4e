package io.bindery.bind.pool.internal.config;

import io.bindery.error.MessageText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with a configuration.
 *
 * @param key the key that it is about
 * @param text what is wrong and what to do, without secrets
 */
public record Problem(String key, String text) {
  private static final int LONGEST_KEY = 100;
  private static final int LONGEST_TEXT = 500;

  /** Shortens what nobody could read. */
  public Problem {
    key = MessageText.of(key, LONGEST_KEY);
    text = MessageText.of(text, LONGEST_TEXT);
  }

  @Override
  public String toString() {
    return key + ": " + text;
  }

  /**
   * All problems in one line.
   *
   * @param problems at least one
   */
  public static String join(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
  }
}
