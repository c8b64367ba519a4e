package io.bindery.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source that is the pre-grouped form of another has of the other's rows.
 *
 * @param of the name of the other source, which the same model offers on the same bind
 * @param by the columns by which its rows are grouped; both sources have them
 * @param states what the other columns hold
 */
public record Grouping(String of, List<String> by, List<State> states) {
  /** Copies the lists. */
  public Grouping {
    by = List.copyOf(by);
    states = List.copyOf(states);
  }

  /**
   * What a column holds of the rows of a group.
   *
   * @param column the column's name
   * @param function what was worked out
   * @param argument the column of the other source that it was worked out of; null to count rows
   */
  public record State(String column, Function function, @Nullable String argument) {}

  /** What can be worked out of groups and merged afterwards. */
  public enum Function {
    /** How many rows, or how many with a value. */
    COUNT,
    /** The sum of the values; null when there is none. */
    SUM,
    /** The lowest value; null when there is none. */
    MIN,
    /** The highest value; null when there is none. */
    MAX
  }
}
