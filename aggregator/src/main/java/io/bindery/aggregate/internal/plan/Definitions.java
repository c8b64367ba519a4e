package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.definition.Definition;
import java.util.HashMap;
import java.util.Map;

/**
 * The definitions in force at one moment.
 *
 * @param working those that can be used, by name
 * @param wrong the others, by name
 */
public record Definitions(Map<String, Definition> working, Map<String, Wrong> wrong) {
  /** Copies the maps. */
  public Definitions {
    working = Map.copyOf(working);
    wrong = Map.copyOf(wrong);
  }

  /**
   * Whether there is an aggregate of a name.
   *
   * @param name the name
   */
  public boolean contains(String name) {
    return working.containsKey(name) || wrong.containsKey(name);
  }

  /**
   * These definitions with one more or another one.
   *
   * @param definition the definition
   */
  public Definitions with(Definition definition) {
    Map<String, Definition> changed = new HashMap<>(working);
    changed.put(definition.name(), definition);
    Map<String, Wrong> left = new HashMap<>(wrong);
    left.remove(definition.name());
    return new Definitions(changed, left);
  }
}
