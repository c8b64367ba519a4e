package io.bindery.source;

import java.util.List;
import java.util.Map;

/**
 * What is wanted of a source. All of it but the deadline and the cancellation is advice that saves
 * work: a source may yield more rows and columns than asked for, never fewer.
 *
 * @param parameters values by parameter name, only such as the source declares
 * @param columns the names of the columns that will be read; empty means all
 * @param ranges stretches of values; rows outside of one need not be given, at most one a column
 * @param limit how many rows will be read at most, of those within the ranges; {@link
 *     Long#MAX_VALUE} means all
 * @param deadline until when the rows must be read
 * @param cancellation cancelled when the rows are not wanted any more before the source is open:
 *     the statement is then stopped in the database, and whoever waits for a connection stops
 *     waiting. An open reader is aborted instead.
 */
public record SourceRequest(
    Map<String, Object> parameters,
    List<String> columns,
    List<KeyRange> ranges,
    long limit,
    Deadline deadline,
    Cancellation cancellation) {

  /** Copies the collections. */
  public SourceRequest {
    parameters = Map.copyOf(parameters);
    columns = List.copyOf(columns);
    ranges = List.copyOf(ranges);
  }

  /**
   * A request that nobody cancels.
   *
   * @param parameters values by parameter name, only such as the source declares
   * @param columns the names of the columns that will be read; empty means all
   * @param ranges stretches of values
   * @param limit how many rows will be read at most; {@link Long#MAX_VALUE} means all
   * @param deadline until when the rows must be read
   */
  public SourceRequest(
      Map<String, Object> parameters,
      List<String> columns,
      List<KeyRange> ranges,
      long limit,
      Deadline deadline) {
    this(parameters, columns, ranges, limit, deadline, new Cancellation());
  }

  /**
   * All rows and columns, without parameters.
   *
   * @param deadline until when the rows must be read
   */
  public static SourceRequest all(Deadline deadline) {
    return new SourceRequest(Map.of(), List.of(), List.of(), Long.MAX_VALUE, deadline);
  }
}
