package io.bindery.aggregate;

import io.bindery.error.BinderyException;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Runs aggregates: named ways of merging sources. A service, safe for all threads. */
@ProviderType
public interface Aggregator {
  /** The factory PID whose configurations define aggregates. */
  String FACTORY_PID = "bindery.aggregate";

  /** Every defined aggregate, also such as are wrong, sorted by name. */
  List<AggregateStatus> aggregates();

  /**
   * What is known of one aggregate; empty when it is not defined.
   *
   * @param name the aggregate's name
   */
  Optional<AggregateStatus> aggregate(String name);

  /**
   * Starts a run on the binds and models that are there now, and returns when every source is open.
   *
   * @param name the aggregate's name
   * @param options parameters, limits and what to do when a source fails
   * @return the run, which the caller closes
   * @throws BinderyException CONFIGURATION for an unknown or wrong aggregate or parameter; else,
   *     unless the run is partial, the failure of the first source that failed
   */
  AggregateRun run(String name, RunOptions options);

  /**
   * Starts a run like {@link #run(String, RunOptions)}, and tells how it goes.
   *
   * @param name the aggregate's name
   * @param options parameters, limits and what to do when a source fails
   * @param listener is told, besides all that are services
   * @return the run, which the caller closes
   * @throws BinderyException as the other does
   */
  AggregateRun run(String name, RunOptions options, RunListener listener);

  /**
   * Tells how a run would go that began now, and reads nothing.
   *
   * @param name the aggregate's name
   * @param options the parameters and the limit of the run; the rest makes no difference
   * @throws BinderyException CONFIGURATION for an unknown or wrong aggregate or parameter
   */
  AggregatePlan explain(String name, RunOptions options);
}
