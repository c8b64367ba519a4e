package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.definition.Problem;
import io.bindery.source.Column;
import io.bindery.source.SortKey;
import java.util.List;
import java.util.Map;
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
 * @param notes what is to be told of pre-grouped sources, by their numbers
 * @param page the order in which a next page can follow; empty when none can or none is asked for
 * @param absences what should be there and is not
 * @param problems what is wrong with the definitions or with what is offered
 * @param contested whether a bind offers a source twice, as it does while the model is replaced
 */
public record Plan(
    String name,
    @Nullable Node root,
    List<Column> columns,
    List<Node.Scan> scans,
    List<Pushed> pushed,
    Map<Integer, String> notes,
    List<SortKey> page,
    List<Absence> absences,
    List<Problem> problems,
    boolean contested) {
  /** Copies the lists. */
  public Plan {
    columns = List.copyOf(columns);
    scans = List.copyOf(scans);
    pushed = List.copyOf(pushed);
    notes = Map.copyOf(notes);
    page = List.copyOf(page);
    absences = List.copyOf(absences);
    problems = List.copyOf(problems);
  }

  /** What is wrong, in one line, or null. */
  public @Nullable String problem() {
    return problems.isEmpty() ? null : Problem.line(problems);
  }

  /**
   * The token of a page that ends with a row.
   *
   * @param values the row's values of the columns of {@link #page}
   * @param parameters those of the run
   */
  public String token(List<@Nullable Object> values, Map<String, String> parameters) {
    List<Column> all = root == null ? columns : root.columns();
    return PageToken.of(name, all, page, parameters, values).encoded();
  }
}
