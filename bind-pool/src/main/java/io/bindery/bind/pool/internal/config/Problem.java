package io.bindery.bind.pool.internal.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with a configuration.
 *
 * @param key the key that it is about
 * @param text what is wrong and what to do, without secrets
 */
public record Problem(String key, String text) {

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
