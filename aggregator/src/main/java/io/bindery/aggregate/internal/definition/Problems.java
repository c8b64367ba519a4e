package io.bindery.aggregate.internal.definition;

import io.bindery.error.MessageText;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a definition, by key. For one thread. */
public final class Problems {
  private static final int LONGEST_KEY = 100;
  private static final int LONGEST_TEXT = 500;

  private final List<String> found = new ArrayList<>();

  /**
   * Notes a problem.
   *
   * @param key the key of the line that is wrong
   * @param message what is wrong with it and what to do
   */
  public void add(String key, String message) {
    String line = MessageText.of(key, LONGEST_KEY) + ": " + MessageText.of(message, LONGEST_TEXT);
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
