package io.bindery.aggregate;

import io.bindery.source.Column;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one aggregate at one moment.
 *
 * @param name its name
 * @param operator {@code union}, {@code merge} or {@code group}; empty when the definition is wrong
 * @param definition the lines of its definition, by key, in order
 * @param sources which sources it reads now, as {@code source@bind}
 * @param columns what each row holds; empty while a source is missing
 * @param parameters the names that a run may give values to
 * @param problems what is wrong with it or what it waits for, each in one line, in the order of the
 *     lines of its definition; behind a line that says which definition is in force, when an
 *     earlier one is
 * @param origin what defines it: the path of a file, {@code bundle} with its name and version, or
 *     {@code ConfigAdmin}
 * @param earlier the lines of the earlier definition that is in force instead of {@code
 *     definition}, by key, in order; null when none is
 * @param hidden what else defines an aggregate of this name and has no effect because of the origin
 */
public record AggregateStatus(
    String name,
    String operator,
    Map<String, String> definition,
    List<String> sources,
    List<Column> columns,
    List<String> parameters,
    List<String> problems,
    String origin,
    @Nullable Map<String, String> earlier,
    List<String> hidden) {

  /** Copies the lists. */
  public AggregateStatus {
    sources = List.copyOf(sources);
    columns = List.copyOf(columns);
    parameters = List.copyOf(parameters);
    problems = List.copyOf(problems);
    hidden = List.copyOf(hidden);
  }

  /** All that is wrong with it or that it waits for, in one line, or null. */
  public @Nullable String problem() {
    return problems.isEmpty() ? null : String.join("; ", problems);
  }

  /** Whether runs answer by an earlier definition than the one that is written. */
  public boolean outdated() {
    return earlier != null;
  }
}
