package io.bindery.aggregate;

import io.bindery.source.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an aggregate would be answered with the binds and models that are there now. Plain data.
 *
 * @param aggregate the aggregate's name
 * @param columns what each row of the answer holds; empty when a source is missing
 * @param root the last step, or null when a source is missing without which there is no answer
 * @param missing what should be there and is not, a line each
 */
public record AggregatePlan(
    String aggregate, List<Column> columns, @Nullable PlanStep root, List<String> missing) {
  /** Copies the lists. */
  public AggregatePlan {
    columns = List.copyOf(columns);
    missing = List.copyOf(missing);
  }

  /** The plan as a person reads it: the last step first, below each those that feed it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    missing.forEach(line -> text.append("missing: ").append(line).append('\n'));
    return text.append(root == null ? "" : root).toString();
  }
}
