package io.bindery.aggregate;

import java.time.Duration;
import java.util.Map;

/**
 * How a run is wanted.
 *
 * @param parameters texts by parameter name; each must be known to a source or be a column of the
 *     answer
 * @param limit how many rows at most, besides the aggregate's own limit
 * @param partial whether to answer with what there is when a source fails
 * @param timeout how long the run may take, to its last row
 */
public record RunOptions(
    Map<String, String> parameters, long limit, boolean partial, Duration timeout) {
  /** The time that a run has when nothing else is said. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /** Copies the parameters. */
  public RunOptions {
    parameters = Map.copyOf(parameters);
  }

  /** A strict run without parameters or limit, with the default timeout. */
  public static RunOptions defaults() {
    return new RunOptions(Map.of(), Long.MAX_VALUE, false, DEFAULT_TIMEOUT);
  }
}
