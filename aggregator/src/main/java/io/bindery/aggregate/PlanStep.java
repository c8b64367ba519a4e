package io.bindery.aggregate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of a plan. Plain data: it prints, compares, and nothing of a running host hangs on it.
 *
 * @param kind what it does: {@code read}, {@code union}, {@code filter}, {@code select}, {@code
 *     sort}, {@code distinct}, {@code limit}, {@code group}, {@code merge}, or {@code side} for
 *     what one input contributes to a merge
 * @param title what it works on, in the language of definitions
 * @param details what else is to be known, by name, in an order for people: {@code order}, {@code
 *     method}, {@code memory}, and of a source {@code source}, {@code bind}, {@code model} and what
 *     is {@code pushed} to it
 * @param inputs the steps whose rows it takes
 */
public record PlanStep(
    String kind, String title, Map<String, String> details, List<PlanStep> inputs) {
  /** Copies the collections. */
  public PlanStep {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    inputs = List.copyOf(inputs);
  }

  /** The step and those below it as an indented tree, a line each, their details beneath. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    print("", text);
    return text.toString();
  }

  private void print(String indent, StringBuilder text) {
    text.append(indent).append("- ").append(kind).append(' ').append(title).append('\n');
    details.forEach(
        (name, value) ->
            text.append(indent)
                .append("    ")
                .append(name)
                .append(": ")
                .append(value)
                .append('\n'));
    inputs.forEach(input -> input.print(indent + "  ", text));
  }
}
