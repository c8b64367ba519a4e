package io.bindery.aggregate.internal.definition;

import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a definition, by key. For one thread. */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  /**
   * Notes a problem.
   *
   * @param key the key of the line that is wrong
   * @param message what is wrong with it and what to do
   */
  public void add(String key, String message) {
    String line = key + ": " + message;
    if (!found.contains(line)) {
      found.add(line);
    }
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All of them in one line. */
  public String line() {
    return String.join("; ", found);
  }

  @Override
  public String toString() {
    return line();
  }
}
