package io.bindery.source;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a source. All of it but the deadline is advice that saves work: a source may
 * yield more rows and columns than asked for, never fewer.
 *
 * @param parameters values by parameter name, only such as the source declares
 * @param columns the names of the columns that will be read; empty means all
 * @param keyRange a stretch of a column's values, or null
 * @param limit how many rows will be read at most; {@link Long#MAX_VALUE} means all
 * @param deadline until when the rows must be read
 */
public record SourceRequest(
    Map<String, Object> parameters,
    List<String> columns,
    @Nullable KeyRange keyRange,
    long limit,
    Deadline deadline) {

  /** Copies the collections. */
  public SourceRequest {
    parameters = Map.copyOf(parameters);
    columns = List.copyOf(columns);
  }

  /**
   * All rows and columns, without parameters.
   *
   * @param deadline until when the rows must be read
   */
  public static SourceRequest all(Deadline deadline) {
    return new SourceRequest(Map.of(), List.of(), null, Long.MAX_VALUE, deadline);
  }
}
