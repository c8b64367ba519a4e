package io.bindery.aggregate.internal.definition;

import io.bindery.error.MessageText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything that is wrong with a definition. For one thread. */
public final class Problems {
  private static final int LONGEST_PLACE = 200;
  private static final int LONGEST_TEXT = 500;

  private final List<Problem> found = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private final Written written;

  /**
   * What is wrong with the text of a definition, and nothing else yet.
   *
   * @param written where the keys stand
   */
  public Problems(Written written) {
    this.written = written;
    found.addAll(written.unreadable());
  }

  /**
   * Notes a problem.
   *
   * @param key the key of the line that is wrong
   * @param message what is wrong with it and what to do
   */
  public void add(String key, String message) {
    keys.add(key);
    add(written.line(key), written.place(key), message);
  }

  /**
   * Notes a problem, once.
   *
   * @param line the number of its line, or {@link Problem#NO_LINE}
   * @param place where that is, for messages
   * @param message what is wrong with it and what to do
   */
  public void add(int line, String place, String message) {
    Problem problem =
        new Problem(
            line, MessageText.of(place, LONGEST_PLACE), MessageText.of(message, LONGEST_TEXT));
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** The keys of the lines that are wrong. */
  Set<String> keys() {
    return keys;
  }

  /** All of them, in the order of the lines. */
  public List<Problem> all() {
    return Problem.sorted(found, List.of());
  }

  @Override
  public String toString() {
    return Problem.line(all());
  }
}
