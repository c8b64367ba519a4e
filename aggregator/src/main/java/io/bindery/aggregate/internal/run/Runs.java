package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.AggregatePlan;
import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.RunListener;
import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.Problem;
import io.bindery.aggregate.internal.expression.Nearest;
import io.bindery.aggregate.internal.held.HostMemory;
import io.bindery.aggregate.internal.operator.Assembler;
import io.bindery.aggregate.internal.plan.Absence;
import io.bindery.aggregate.internal.plan.Definitions;
import io.bindery.aggregate.internal.plan.Explanation;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.aggregate.internal.plan.Offer;
import io.bindery.aggregate.internal.plan.ParameterPlan;
import io.bindery.aggregate.internal.plan.Plan;
import io.bindery.aggregate.internal.plan.Planner;
import io.bindery.aggregate.internal.plan.Pushed;
import io.bindery.aggregate.internal.plan.Snapshot;
import io.bindery.aggregate.internal.plan.Wrong;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Deadline;
import io.bindery.source.RowReader;
import io.bindery.source.SourceRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Starts runs: waits for what should be there, plans, and opens. Safe for all threads. */
public final class Runs {
  private static final Duration WITHDRAWN = Duration.ofMillis(100);

  /** What the rows of a run may take that are read before they are wanted. */
  private static final long AHEAD_BYTES = Math.min(8 << 20, Runtime.getRuntime().maxMemory() / 16);

  /** By how many the number of runs that go on at once divides that, at most. */
  private static final int MOST_SHARES = 16;

  private final Sources sources;
  private final Workers workers;
  private final int parallel;
  private final HostMemory memory;
  private final AtomicInteger going = new AtomicInteger();

  /**
   * For one host.
   *
   * @param sources what runs are planned from
   * @param workers who opens and closes sources
   * @param parallel how many sources of a run are opened at once
   * @param memory what all runs may hold together
   */
  public Runs(Sources sources, Workers workers, int parallel, HostMemory memory) {
    this.sources = sources;
    this.workers = workers;
    this.parallel = parallel;
    this.memory = memory;
  }

  /**
   * Starts a run, as {@link io.bindery.aggregate.Aggregator#run} describes it.
   *
   * @param name the aggregate's name
   * @param options how it is wanted
   * @param listener is told how it goes, and returns at once
   */
  public AggregateRun start(String name, RunOptions options, RunListener listener) {
    if (options.limit() < 0) {
      throw configuration("limit: %d is below 0".formatted(options.limit()));
    }
    going.incrementAndGet();
    RunReport report = new RunReport(listener, name, going::decrementAndGet);
    try {
      return start(name, options, report);
    } catch (RuntimeException | Error e) {
      report.failed(e);
      throw e;
    }
  }

  private AggregateRun start(String name, RunOptions options, RunReport report) {
    Deadline deadline = Deadline.in(options.timeout());
    Patience patience = new Patience(deadline, options.partial());
    while (true) {
      Snapshot snapshot = sources.snapshot();
      Plan plan = plan(name, snapshot, options);
      Deadline until = patience.until(plan, snapshot);
      if (until != null) {
        await(snapshot, until.remaining());
        continue;
      }
      if (plan == null) {
        throw unknown(name);
      }
      if (plan.problem() != null) {
        if (sources.snapshot().version() != snapshot.version() && !deadline.isPast()) {
          continue; // what is defined may be newer than what was offered
        }
        throw configuration("aggregate '%s': %s".formatted(name, plan.problem()));
      }
      AggregateRun run = open(plan, snapshot, options, deadline, report);
      if (run != null) {
        return run;
      }
      patience.sourceWentAway();
      await(snapshot, WITHDRAWN);
    }
  }

  /**
   * Tells how a run would go, as {@link io.bindery.aggregate.Aggregator#explain} describes it.
   *
   * @param name the aggregate's name
   * @param options how it would be wanted
   */
  public AggregatePlan explain(String name, RunOptions options) {
    Plan plan = plan(name, sources.snapshot(), options);
    if (plan == null) {
      throw unknown(name);
    }
    String problem = plan.problem();
    if (problem == null && plan.root() != null) {
      problem = new ParameterPlan(plan).problem(options.parameters().keySet());
    }
    if (problem != null) {
      throw configuration("aggregate '%s': %s".formatted(name, problem));
    }
    return Explanation.of(plan);
  }

  private @Nullable Plan plan(String name, Snapshot snapshot, RunOptions options) {
    Definitions definitions = sources.definitions();
    Definition definition = definitions.working().get(name);
    if (definition == null) {
      Wrong wrong = definitions.wrong().get(name);
      if (wrong != null) {
        String all = Problem.line(wrong.problems(snapshot, definitions));
        throw configuration("aggregate '%s' is wrong: %s".formatted(name, all));
      }
      return null;
    }
    return Planner.plan(definition, snapshot, definitions, options);
  }

  private void await(Snapshot snapshot, Duration timeout) {
    try {
      sources.awaitChange(snapshot.version(), timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BinderyException(ErrorCode.TIMEOUT, "the run was interrupted");
    }
  }

  /** The outcomes of what is missing, when the run may go on without it. */
  private static List<Outcome> missing(Plan plan, Snapshot snapshot, RunOptions options) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Absence absence : plan.absences()) {
      if (plan.root() == null || !(absence.optional() || options.partial())) {
        ErrorCode code =
            absence.expected() || !snapshot.settled()
                ? ErrorCode.UNAVAILABLE
                : ErrorCode.CONFIGURATION;
        throw new BinderyException(
            code, "aggregate '%s': %s".formatted(plan.name(), absence.message()));
      }
      outcomes.add(
          new Outcome(
              absence.source(),
              absence.bind(),
              Outcome.Status.FAILED,
              0,
              null,
              0,
              absence.message()));
    }
    return outcomes;
  }

  /** Opens the sources; null when one went away meanwhile, so that all must be planned anew. */
  private @Nullable AggregateRun open(
      Plan plan, Snapshot snapshot, RunOptions options, Deadline deadline, RunReport report) {
    List<Outcome> missing = missing(plan, snapshot, options);
    if (plan.root() == null) {
      throw new BinderyException(
          ErrorCode.INTERNAL, "aggregate '%s': there is no plan".formatted(plan.name()));
    }
    String problem = new ParameterPlan(plan).problem(options.parameters().keySet());
    if (problem != null) {
      throw configuration("aggregate '%s': %s".formatted(plan.name(), problem));
    }
    List<SourceReading> readings = new ArrayList<>();
    Map<SourceReading, SourceRequest> requests = new HashMap<>();
    List<Offer> offers = snapshot.offers(plan.scans());
    int shares = Math.min(going.get(), MOST_SHARES) * Math.max(1, offers.size());
    for (int i = 0; i < offers.size(); i++) {
      Node.Scan scan = plan.scans().get(i);
      boolean tolerated = options.partial() || scan.optional();
      Pushed pushed = plan.pushed().get(scan.leaf());
      SourceReading reading =
          new SourceReading(
              scan, offers.get(i), tolerated, pushed, AHEAD_BYTES / shares, workers, report);
      readings.add(reading);
      requests.put(reading, pushed.request(deadline, reading.cancellation()));
    }
    report.opening(readings);
    try {
      Opening.Result result =
          Opening.open(
              readings,
              reading -> Objects.requireNonNull(requests.get(reading)),
              parallel,
              workers,
              deadline);
      return result == Opening.Result.WITHDRAWN
          ? null
          : begun(plan, readings, missing, options, deadline, report);
    } catch (RuntimeException | Error e) { // the aggregator is being stopped, perhaps
      readings.forEach(reading -> reading.stop("the run did not begin"));
      throw e;
    }
  }

  /** The answer of sources that are open. */
  private AggregateRun begun(
      Plan plan,
      List<SourceReading> readings,
      List<Outcome> missing,
      RunOptions options,
      Deadline deadline,
      RunReport report) {
    Node root = Objects.requireNonNull(plan.root());
    Set<Integer> unavailable = new HashSet<>();
    for (int i = 0; i < readings.size(); i++) {
      if (readings.get(i).isUnavailable()) {
        unavailable.add(i);
      }
    }
    Assembler assembler = new Assembler(readings, unavailable, memory);
    RowReader rows = assembler.answer(root);
    RunningAnswer answer =
        new RunningAnswer(plan, rows, assembler, readings, missing, options, deadline, report);
    answer.watch(workers);
    return answer;
  }

  private BinderyException unknown(String name) {
    Definitions definitions = sources.definitions();
    Set<String> known = new TreeSet<>(definitions.working().keySet());
    known.addAll(definitions.wrong().keySet());
    return configuration(Nearest.unknown("aggregate", name, known));
  }

  private static BinderyException configuration(String message) {
    return new BinderyException(ErrorCode.CONFIGURATION, message);
  }
}
