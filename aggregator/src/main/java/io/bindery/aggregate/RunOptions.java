package io.bindery.aggregate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run is wanted.
 *
 * @param parameters texts by parameter name; each must be known to a source or be a column of the
 *     answer
 * @param limit how many rows at most, besides the aggregate's own limit
 * @param partial whether to answer with what there is when a source fails
 * @param timeout how long the run may take, to its last row
 * @param after the token of the page before, as {@link AggregateRun#next} gave it, or null to begin
 *     with the first row
 * @param grouped the inputs whose rows databases are to group, in place of those that the
 *     definitions name as {@code grouped}; empty for none, null for what the definitions say
 */
public record RunOptions(
    Map<String, String> parameters,
    long limit,
    boolean partial,
    Duration timeout,
    @Nullable String after,
    @Nullable List<String> grouped) {
  /** The time that a run has when nothing else is said. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /** Copies the collections. */
  public RunOptions {
    parameters = Map.copyOf(parameters);
    grouped = grouped == null ? null : List.copyOf(grouped);
  }

  /**
   * A run that reads in groups what the definitions say.
   *
   * @param parameters texts by parameter name
   * @param limit how many rows at most
   * @param partial whether to answer with what there is when a source fails
   * @param timeout how long the run may take, to its last row
   * @param after the token of the page before, or null
   */
  public RunOptions(
      Map<String, String> parameters,
      long limit,
      boolean partial,
      Duration timeout,
      @Nullable String after) {
    this(parameters, limit, partial, timeout, after, null);
  }

  /**
   * A run that begins with the first row.
   *
   * @param parameters texts by parameter name
   * @param limit how many rows at most
   * @param partial whether to answer with what there is when a source fails
   * @param timeout how long the run may take, to its last row
   */
  public RunOptions(Map<String, String> parameters, long limit, boolean partial, Duration timeout) {
    this(parameters, limit, partial, timeout, null);
  }

  /**
   * The same run, from where a page ended.
   *
   * @param token what {@link AggregateRun#next} gave, or null to begin with the first row
   */
  public RunOptions after(@Nullable String token) {
    return new RunOptions(parameters, limit, partial, timeout, token, grouped);
  }

  /**
   * The same run with other rows made into groups by databases.
   *
   * @param inputs names of inputs that a step counts or sums; empty for none, null for what the
   *     definitions say
   */
  public RunOptions grouped(@Nullable List<String> inputs) {
    return new RunOptions(parameters, limit, partial, timeout, after, inputs);
  }

  /** A strict run without parameters or limit, with the default timeout. */
  public static RunOptions defaults() {
    return new RunOptions(Map.of(), Long.MAX_VALUE, false, DEFAULT_TIMEOUT);
  }
}
