package io.bindery.aggregate.internal.plan;

import io.bindery.source.Cancellation;
import io.bindery.source.Deadline;
import io.bindery.source.KeyRange;
import io.bindery.source.SourceRequest;
import java.util.List;
import java.util.Map;

/**
 * What one source is told, so that its database does the work. All of it is checked again where the
 * answer depends on it.
 *
 * @param parameters values by parameter name
 * @param columns the names of the columns that are read; empty for all
 * @param ranges stretches of values that all rows of the answer come from
 * @param limit how many rows are read at most
 * @param reliesOnOrder whether the answer would be wrong if the source broke its order
 */
public record Pushed(
    Map<String, Object> parameters,
    List<String> columns,
    List<KeyRange> ranges,
    long limit,
    boolean reliesOnOrder) {
  /** Copies the collections. */
  public Pushed {
    parameters = Map.copyOf(parameters);
    columns = List.copyOf(columns);
    ranges = List.copyOf(ranges);
  }

  /**
   * The request for a run.
   *
   * @param deadline until when the rows must be read
   * @param cancellation cancelled when the rows are not wanted any more before the source is open
   */
  public SourceRequest request(Deadline deadline, Cancellation cancellation) {
    return new SourceRequest(parameters, columns, ranges, limit, deadline, cancellation);
  }
}
