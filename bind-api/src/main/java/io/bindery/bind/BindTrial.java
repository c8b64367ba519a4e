package io.bindery.bind;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a database could be used; it holds no secret.
 *
 * @param steps what was tried, in order; the last one is the only one that can have failed
 * @param facts what the database says of itself, such as {@code server}, {@code user}, {@code
 *     access} and {@code tls}, in the order to show them; empty unless all steps passed
 */
public record BindTrial(List<Step> steps, Map<String, String> facts) {

  /**
   * One step.
   *
   * @param name {@code settings}, {@code type}, {@code connect}, {@code login}, {@code database} or
   *     {@code query}
   * @param passed whether it went well
   * @param detail what was found, or what failed and what helps, in one line; perhaps empty
   * @param millis how long it took, or null where it has no time of its own: the driver connects,
   *     logs in and chooses the database in one
   */
  public record Step(String name, boolean passed, String detail, @Nullable Long millis) {}

  /** Copies both. */
  public BindTrial {
    steps = List.copyOf(steps);
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** Whether the database can be used. */
  public boolean passed() {
    return steps.stream().allMatch(Step::passed);
  }
}
