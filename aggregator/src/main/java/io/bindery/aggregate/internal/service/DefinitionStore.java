package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.Aggregator;
import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.DefinitionParser;
import io.bindery.aggregate.internal.definition.Lines;
import io.bindery.aggregate.internal.definition.Problems;
import io.bindery.aggregate.internal.definition.Written;
import io.bindery.aggregate.internal.plan.Definitions;
import io.bindery.aggregate.internal.plan.Plan;
import io.bindery.aggregate.internal.plan.Planner;
import io.bindery.aggregate.internal.plan.Snapshot;
import io.bindery.aggregate.internal.plan.Wrong;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ManagedServiceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions of aggregates as configurations and bundles give them; of one name, that of the
 * configuration counts. A wrong one does not displace the one that worked before; both are kept
 * until a right one comes or the configuration goes. One that only does not fit what is offered
 * waits until it does. Safe for all threads.
 */
final class DefinitionStore implements ManagedServiceFactory {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionStore.class);

  private final Supplier<Snapshot> offered;
  private final Runnable changed;
  private final Map<String, Entry> entries = new TreeMap<>();
  private Map<String, List<Entry>> brought = Map.of();
  private @Nullable Definitions inForce;
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

  @Override
  public String getName() {
    return "Bindery aggregates";
  }

  @Override
  public void updated(String pid, Dictionary<String, ?> properties) {
    String name = name(pid);
    Object file = properties.get(Lines.FILE);
    String origin = file == null ? "ConfigAdmin" : file.toString();
    Written written = written(Lines.of(properties), file);
    Problems problems = new Problems(written);
    Definition definition = DefinitionParser.parse(name, written, problems);
    synchronized (this) {
      Entry before = entries.get(name);
      Definition working = before == null ? null : before.working();
      if (working != null && isWrong(working)) {
        working = null; // people are to be told of what they wrote last
      }
      boolean kept = working != null || isBrought(name);
      Wrong wrong = problems.isEmpty() ? null : new Wrong(problems.all(), definition);
      boolean wellWritten = definition != null && wrong == null;
      if (definition != null && wellWritten && kept) {
        wrong = misfit(trial(definition));
      }
      boolean waits = wellWritten && wrong != null;
      Definition used = wellWritten && !waits ? definition : working;
      Definition later = waits ? definition : null;
      Entry entry = new Entry(origin, used, later, written.lines(), wrong, null);
      entries.put(name, entry);
      inForce = null;
      waiting |= waits;
      report(name, entry, kept);
    }
    changed.run();
    retry();
  }

  /** The numbers of the lines are for messages only; a file that went meanwhile has none. */
  private static Written written(Map<String, String> lines, @Nullable Object file) {
    if (file == null) {
      return Written.of(lines);
    }
    try {
      Path path = Path.of(file.toString());
      return Written.in(lines, Files.readString(path), String.valueOf(path.getFileName()));
    } catch (IOException | RuntimeException e) {
      return Written.of(lines);
    }
  }

  /** Whether a bundle brings a definition that works. */
  private boolean isBrought(String name) {
    return brought.getOrDefault(name, List.of()).stream().anyMatch(e -> e.working() != null);
  }

  /**
   * Takes what bundles bring now, instead of what they brought before.
   *
   * @param byName entries by the name of the aggregate, by precedence
   */
  void bring(Map<String, List<Entry>> byName) {
    synchronized (this) {
      inForce = null;
      brought = byName;
      entries.replaceAll(
          (name, entry) ->
              entry.working() == null && !isBrought(name) && entry.waiting() != null
                  ? entry.with(entry.waiting(), null, null) // nothing that works is in its way
                  : entry);
    }
    changed.run();
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
        named.setValue(entry.with(definition, null, null));
        inForce = null;
        LOG.info("aggregate '{}': the newer definition fits now and is in force", named.getKey());
        return true;
      }
      Wrong misfit = misfit(plan);
      if (misfit != null) {
        named.setValue(entry.with(entry.working(), definition, misfit));
        inForce = null;
      }
    }
    waiting = found;
    return false;
  }

  /** Plans a definition as things are, so that one that works need not go for a wrong one. */
  private Plan trial(Definition definition) {
    return Planner.plan(
        definition, offered.get(), definitions().with(definition), RunOptions.defaults());
  }

  private static @Nullable Wrong misfit(Plan plan) {
    return plan.problems().isEmpty() ? null : new Wrong(plan.problems(), null);
  }

  /** Whether a definition cannot work, which one that only lacks a source or a moment may yet. */
  private boolean isWrong(Definition definition) {
    Plan plan = trial(definition);
    return !plan.problems().isEmpty() && !plan.contested();
  }

  private static void report(String name, Entry entry, boolean kept) {
    if (entry.wrong() == null) {
      LOG.info("aggregate '{}': defined by {}", name, entry.origin());
    } else {
      LOG.warn(
          "aggregate '{}': {}, {}: {}{}",
          name,
          entry.waiting() != null ? "does not fit its sources" : "refused",
          entry.origin(),
          entry.problem(),
          kept ? "; the earlier definition stays in force" : "");
    }
  }

  @Override
  public void deleted(String pid) {
    String name = name(pid);
    synchronized (this) {
      entries.remove(name);
      inForce = null;
    }
    LOG.info("aggregate '{}': removed", name);
    changed.run();
    retry();
  }

  /** Everything that is defined, sorted by name. */
  synchronized Map<String, Claims> claims() {
    Map<String, List<Entry>> all = new TreeMap<>();
    entries.forEach((name, entry) -> all.put(name, new ArrayList<>(List.of(entry))));
    brought.forEach((name, more) -> all.computeIfAbsent(name, n -> new ArrayList<>()).addAll(more));
    Map<String, Claims> claims = new TreeMap<>();
    all.forEach((name, entry) -> claims.put(name, new Claims(entry)));
    return claims;
  }

  /** The definitions in force; the same object until something changes. */
  synchronized Definitions definitions() {
    Definitions known = inForce;
    if (known == null) {
      known = found();
      inForce = known;
    }
    return known;
  }

  private Definitions found() {
    Map<String, Definition> working = new HashMap<>();
    Map<String, Wrong> wrong = new HashMap<>();
    claims()
        .forEach(
            (name, claims) -> {
              Definition definition = claims.working();
              Wrong why = claims.first().wrong();
              if (definition != null) {
                working.put(name, definition);
              } else if (why != null) {
                wrong.put(name, why);
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
