package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.AggregatePlan;
import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.AggregateStatus;
import io.bindery.aggregate.Aggregator;
import io.bindery.aggregate.RunListener;
import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.held.HostMemory;
import io.bindery.aggregate.internal.plan.Definitions;
import io.bindery.aggregate.internal.plan.Snapshot;
import io.bindery.aggregate.internal.run.Runs;
import io.bindery.aggregate.internal.run.Sources;
import io.bindery.aggregate.internal.run.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/** The aggregator. It is there at once and stays, as it holds the definitions. */
@Component(
    service = {Aggregator.class, ManagedServiceFactory.class},
    property = "service.pid=" + Aggregator.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.IGNORE,
    immediate = true)
public final class AggregatorService implements Aggregator, ManagedServiceFactory {
  private static final int PARALLEL = 32;

  private final OfferedSources offered;
  private final DefinitionStore store;
  private final BundleDefinitions brought;
  private final Workers workers = new Workers();
  private final AtomicBoolean retrying = new AtomicBoolean();
  private final Listeners listeners;
  private final Runs runs;

  /**
   * Begins to watch sources.
   *
   * @param context the bundle's context
   */
  @Activate
  public AggregatorService(BundleContext context) {
    offered = new OfferedSources(context);
    store = new DefinitionStore(offered::snapshot, offered::changed);
    HostMemory memory = HostMemory.of(Runtime.getRuntime().maxMemory(), spillFolder(context));
    runs = new Runs(new Current(offered, store), workers, PARALLEL, memory);
    brought = new BundleDefinitions(context, this::bring);
    offered.follow(this::retry);
    listeners = new Listeners(context, workers);
    listeners.open();
    brought.open();
  }

  private static Path spillFolder(BundleContext context) {
    String home = context.getProperty("bindery.home");
    return home == null
        ? context.getDataFile("tmp").toPath()
        : Path.of(home).resolve("data").resolve("tmp");
  }

  private void bring(Map<String, List<Entry>> byName) {
    store.bring(byName);
    retry();
  }

  /** On a thread of its own: whoever offers something may hold locks that planning needs. */
  private void retry() {
    if (store.isWaiting() && retrying.compareAndSet(false, true)) {
      workers.run(
          () -> {
            retrying.set(false); // what comes from now on has its own look
            store.retry();
          });
    }
  }

  @Override
  public List<AggregateStatus> aggregates() {
    store.retry();
    Statuses now = new Statuses(offered.snapshot(), store.definitions());
    List<AggregateStatus> statuses = new ArrayList<>();
    store.claims().forEach((name, claims) -> statuses.add(now.of(name, claims)));
    return statuses;
  }

  @Override
  public Optional<AggregateStatus> aggregate(String name) {
    store.retry();
    return Optional.ofNullable(store.claims().get(name))
        .map(claims -> new Statuses(offered.snapshot(), store.definitions()).of(name, claims));
  }

  @Override
  public AggregateRun run(String name, RunOptions options) {
    return runs.start(name, options, listeners.all());
  }

  @Override
  public AggregateRun run(String name, RunOptions options, RunListener listener) {
    return runs.start(name, options, listeners.with(listener));
  }

  @Override
  public AggregatePlan explain(String name, RunOptions options) {
    return runs.explain(name, options);
  }

  @Override
  public String getName() {
    return store.getName();
  }

  @Override
  public void updated(String pid, Dictionary<String, ?> properties) {
    store.updated(pid, properties);
  }

  @Override
  public void deleted(String pid) {
    store.deleted(pid);
  }

  @Deactivate
  void stop() {
    offered.follow(() -> {});
    brought.close();
    listeners.close();
    workers.close();
    offered.close();
  }

  /** What is offered and defined now. */
  private record Current(OfferedSources offered, DefinitionStore store) implements Sources {
    @Override
    public Snapshot snapshot() {
      return offered.snapshot();
    }

    @Override
    public Definitions definitions() {
      store.retry();
      return store.definitions();
    }

    @Override
    public void awaitChange(long version, Duration timeout) throws InterruptedException {
      offered.awaitChange(version, timeout);
    }
  }
}
