package io.bindery.source;

import java.util.List;

/**
 * A parameter that a source accepts.
 *
 * @param name its name
 * @param type the Java type of its values, boxed; String for an enum, whose constants come by name
 * @param constants the names of the only values that it can have, as an enum's; empty for any value
 */
public record Parameter(String name, Class<?> type, List<String> constants) {
  /** Copies the names. */
  public Parameter {
    constants = List.copyOf(constants);
  }

  /**
   * A parameter that can have any value of its type.
   *
   * @param name its name
   * @param type the Java type of its values, boxed
   */
  public Parameter(String name, Class<?> type) {
    this(name, type, List.of());
  }
}
