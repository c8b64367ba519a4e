package io.bindery.aggregate.internal.definition;

import io.bindery.error.MessageText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Everything that is wrong with a definition, by key. For one thread. */
public final class Problems {
  private static final int LONGEST_KEY = 200;
  private static final int LONGEST_TEXT = 500;

  private final List<String> found = new ArrayList<>();
  private final UnaryOperator<String> place;

  /** Problems that are known by their keys. */
  public Problems() {
    this(key -> key);
  }

  /**
   * Problems of which more is known.
   *
   * @param place where a key stands, for messages
   */
  public Problems(UnaryOperator<String> place) {
    this.place = place;
  }

  /**
   * Notes a problem.
   *
   * @param key the key of the line that is wrong
   * @param message what is wrong with it and what to do
   */
  public void add(String key, String message) {
    String where = MessageText.of(place.apply(key), LONGEST_KEY);
    String line = where + ": " + MessageText.of(message, LONGEST_TEXT);
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
