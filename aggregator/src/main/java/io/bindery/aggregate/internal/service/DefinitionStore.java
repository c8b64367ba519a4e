package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.Aggregator;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.DefinitionParser;
import io.bindery.aggregate.internal.definition.Lines;
import io.bindery.aggregate.internal.definition.Problems;
import io.bindery.aggregate.internal.plan.Definitions;
import io.bindery.aggregate.internal.plan.Plan;
import io.bindery.aggregate.internal.plan.Planner;
import io.bindery.aggregate.internal.plan.Snapshot;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ManagedServiceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions of aggregates as configurations give them. A wrong one does not displace the one
 * that worked before; both are kept until a right one comes or the configuration goes. One that
 * only does not fit what is offered waits until it does. Safe for all threads.
 */
final class DefinitionStore implements ManagedServiceFactory {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionStore.class);

  private final Supplier<Snapshot> offered;
  private final Runnable changed;
  private final Map<String, Entry> entries = new TreeMap<>();
  private volatile boolean waiting;

  /**
   * An empty store.
   *
   * @param offered what definitions are tried on
   * @param changed is told after every change
   */
  DefinitionStore(Supplier<Snapshot> offered, Runnable changed) {
    this.offered = offered;
    this.changed = changed;
  }

  /**
   * What is known of one configuration.
   *
   * @param working the definition that is used, or null when there never was a right one
   * @param waiting the newest definition, when it is well written but does not fit what is offered
   * @param lines the newest lines
   * @param problem what is wrong with the newest lines, or null
   */
  record Entry(
      @Nullable Definition working,
      @Nullable Definition waiting,
      Map<String, String> lines,
      @Nullable String problem) {}

  @Override
  public String getName() {
    return "Bindery aggregates";
  }

  @Override
  public void updated(String pid, Dictionary<String, ?> properties) {
    String name = name(pid);
    Map<String, String> lines = Lines.of(properties);
    Object file = properties.get(Lines.FILE);
    Problems problems = new Problems();
    Definition definition = DefinitionParser.parse(name, lines, problems);
    String problem = problems.isEmpty() ? null : problems.line();
    synchronized (this) {
      Entry before = entries.get(name);
      Definition working = before == null ? null : before.working();
      boolean wellWritten = definition != null && problem == null;
      if (definition != null && wellWritten && working != null) {
        problem = trial(definition).problem();
      }
      boolean waits = wellWritten && problem != null;
      Definition used = wellWritten && !waits ? definition : working;
      entries.put(name, new Entry(used, waits ? definition : null, lines, problem));
      waiting |= waits;
      report(name, file, problem, working != null, waits);
    }
    changed.run();
    retry();
  }

  /** Whether a definition waits for what it fits. */
  boolean isWaiting() {
    return waiting;
  }

  /** Takes the definitions that waited and now fit; one may be what another waited for. */
  void retry() {
    while (waiting && takeOne()) {
      changed.run();
    }
  }

  private synchronized boolean takeOne() {
    boolean found = false;
    for (Map.Entry<String, Entry> named : entries.entrySet()) {
      Entry entry = named.getValue();
      Definition definition = entry.waiting();
      if (definition == null) {
        continue;
      }
      found = true;
      Plan plan = trial(definition);
      if (plan.root() != null) { // without its sources it only seems to fit
        named.setValue(new Entry(definition, null, entry.lines(), null));
        LOG.info("aggregate '{}': the newer definition fits now and is in force", named.getKey());
        return true;
      }
      if (plan.problem() != null) {
        named.setValue(new Entry(entry.working(), definition, entry.lines(), plan.problem()));
      }
    }
    waiting = found;
    return false;
  }

  /** Plans a definition as things are, so that one that works need not go for a wrong one. */
  private Plan trial(Definition definition) {
    return Planner.plan(
        definition, offered.get(), definitions().with(definition), Map.of(), Long.MAX_VALUE);
  }

  private static void report(
      String name, @Nullable Object file, @Nullable String problem, boolean kept, boolean waits) {
    String origin = file == null ? "ConfigAdmin" : file.toString();
    if (problem == null) {
      LOG.info("aggregate '{}': defined by {}", name, origin);
    } else {
      LOG.warn(
          "aggregate '{}': {}, {}: {}{}",
          name,
          waits ? "waits for sources that it fits" : "refused",
          origin,
          problem,
          kept ? "; the earlier definition stays in force" : "");
    }
  }

  @Override
  public void deleted(String pid) {
    String name = name(pid);
    synchronized (this) {
      entries.remove(name);
    }
    LOG.info("aggregate '{}': removed", name);
    changed.run();
    retry();
  }

  /** Everything that is configured, sorted by name. */
  synchronized Map<String, Entry> entries() {
    return new TreeMap<>(entries);
  }

  /** The definitions in force. */
  synchronized Definitions definitions() {
    Map<String, Definition> working = new HashMap<>();
    Map<String, String> wrong = new HashMap<>();
    entries.forEach(
        (name, entry) -> {
          if (entry.working() != null) {
            working.put(name, entry.working());
          } else {
            wrong.put(name, String.valueOf(entry.problem()));
          }
        });
    return new Definitions(working, wrong);
  }

  private static String name(String pid) {
    String prefix = Aggregator.FACTORY_PID;
    boolean named = pid.length() > prefix.length() + 1 && pid.startsWith(prefix);
    return named ? pid.substring(prefix.length() + 1) : pid;
  }
}
