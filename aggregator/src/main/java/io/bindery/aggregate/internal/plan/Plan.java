package io.bindery.aggregate.internal.plan;

import io.bindery.source.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an aggregate is answered from one snapshot.
 *
 * @param name the aggregate's name
 * @param root the last step, or null when a source is missing without which there is no answer; its
 *     rows may have more columns than the answer
 * @param columns the columns of the answer
 * @param scans the sources that are read, by their numbers
 * @param pushed what each of them is told, by their numbers
 * @param absences what should be there and is not
 * @param problem what is wrong with the definitions or with what is offered, or null
 * @param contested whether a bind offers a source twice, as it does while the model is replaced
 */
public record Plan(
    String name,
    @Nullable Node root,
    List<Column> columns,
    List<Node.Scan> scans,
    List<Pushed> pushed,
    List<Absence> absences,
    @Nullable String problem,
    boolean contested) {
  /** Copies the lists. */
  public Plan {
    columns = List.copyOf(columns);
    scans = List.copyOf(scans);
    pushed = List.copyOf(pushed);
    absences = List.copyOf(absences);
  }
}
