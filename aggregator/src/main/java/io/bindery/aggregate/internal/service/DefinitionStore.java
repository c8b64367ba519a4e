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
 * that worked before; both are kept until a right one comes or the configuration goes. Safe for all
 * threads.
 */
final class DefinitionStore implements ManagedServiceFactory {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionStore.class);

  private final Supplier<Snapshot> offered;
  private final Runnable changed;
  private final Map<String, Entry> entries = new TreeMap<>();

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
   * @param lines the newest lines
   * @param problem what is wrong with the newest lines, or null
   */
  record Entry(@Nullable Definition working, Map<String, String> lines, @Nullable String problem) {}

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
      if (definition != null && problem == null && working != null) {
        problem = trial(definition);
      }
      Definition used = definition == null || problem != null ? working : definition;
      entries.put(name, new Entry(used, lines, problem));
      report(name, file, problem, working != null);
    }
    changed.run();
  }

  /** What is wrong with a definition as things are, so that one that works need not go for it. */
  private @Nullable String trial(Definition definition) {
    Plan plan =
        Planner.plan(
            definition, offered.get(), definitions().with(definition), Map.of(), Long.MAX_VALUE);
    return plan.problem();
  }

  private static void report(
      String name, @Nullable Object file, @Nullable String problem, boolean kept) {
    String origin = file == null ? "ConfigAdmin" : file.toString();
    if (problem == null) {
      LOG.info("aggregate '{}': defined by {}", name, origin);
    } else {
      LOG.warn(
          "aggregate '{}': refused, {}: {}{}",
          name,
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
