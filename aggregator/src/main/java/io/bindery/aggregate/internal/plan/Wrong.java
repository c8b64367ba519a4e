package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A definition that cannot be used.
 *
 * @param problems what is wrong with it by itself
 * @param rest it without what is wrong, when that can be held beside its sources; or null
 */
public record Wrong(List<Problem> problems, @Nullable Definition rest) {
  /** Copies the list. */
  public Wrong {
    problems = List.copyOf(problems);
  }

  /**
   * What is wrong with it by itself, and beside what is offered, in the order of its lines.
   *
   * @param snapshot what is offered
   * @param definitions the other aggregates
   */
  public List<Problem> problems(Snapshot snapshot, Definitions definitions) {
    if (rest == null) {
      return problems;
    }
    Plan plan = Planner.plan(rest, snapshot, definitions.with(rest), RunOptions.defaults());
    return Problem.sorted(problems, plan.problems());
  }
}
