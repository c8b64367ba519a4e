package io.bindery.shell.internal.words;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A word that begins with two hyphens.
 *
 * @param name with its hyphens
 * @param value how usage lines call its value, choices parted by bars; null when it takes none
 * @param kind what its value names, for completion
 * @param help what it does, in a few words
 */
public record Option(String name, @Nullable String value, Operand.Kind kind, String help) {
  /**
   * An option without a value.
   *
   * @param name with its hyphens
   * @param help what it does
   */
  public static Option flag(String name, String help) {
    return new Option(name, null, Operand.Kind.FREE, help);
  }

  /**
   * An option with a value.
   *
   * @param name with its hyphens
   * @param value how usage lines call its value
   * @param help what it does
   */
  public static Option valued(String name, String value, String help) {
    return new Option(name, value, Operand.Kind.FREE, help);
  }

  /** The values that it may have; empty when any may be given. */
  public List<String> choices() {
    return value != null && value.indexOf('|') >= 0 ? List.of(value.split("\\|")) : List.of();
  }

  /** The option as usage lines show it. */
  public String usage() {
    return value == null ? name : name + " " + value;
  }
}
