package io.bindery.aggregate.internal;

import io.bindery.aggregate.AggregatePlan;
import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.RunListener;
import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.DefinitionParser;
import io.bindery.aggregate.internal.definition.Problems;
import io.bindery.aggregate.internal.definition.Written;
import io.bindery.aggregate.internal.held.HostMemory;
import io.bindery.aggregate.internal.plan.Definitions;
import io.bindery.aggregate.internal.plan.Offer;
import io.bindery.aggregate.internal.plan.Snapshot;
import io.bindery.aggregate.internal.run.Runs;
import io.bindery.aggregate.internal.run.Sources;
import io.bindery.aggregate.internal.run.Workers;
import io.bindery.source.Column;
import io.bindery.source.RowSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sources and definitions without a framework. */
public final class FakeHost implements Sources, AutoCloseable {
  /** Where runs put what does not fit into memory. */
  public static final Path TMP =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "bindery-aggregator-" + ProcessHandle.current().pid());

  private final Map<String, Definition> definitions = new HashMap<>();
  private final List<Offer> offers = new ArrayList<>();
  private final Workers workers = new Workers();

  /** Is told how runs go. */
  public RunListener listener = new RunListener() {};

  private HostMemory memory = new HostMemory(1L << 30, TMP);
  private boolean settled = true;
  private long version;
  private int waiting;

  /** Offers sources; bind keys and names are service properties, labels are given in pairs. */
  public synchronized FakeHost offer(FakeSource... sources) {
    for (FakeSource source : sources) {
      offerLabelled(source);
    }
    return this;
  }

  public synchronized FakeHost offerLabelled(FakeSource source, String... labels) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(RowSource.SOURCE, source.name());
    properties.put("bind.key", source.bindKey());
    for (int i = 0; i < labels.length; i += 2) {
      properties.put("label." + labels[i], labels[i + 1]);
    }
    offers.add(new Offer(source.name(), source.bindKey(), source, properties));
    offers.sort(Comparator.comparing(Offer::source).thenComparing(Offer::bindKey));
    changed();
    return this;
  }

  /** Offers a source as one of a model. */
  public synchronized FakeHost offerOf(String model, FakeSource source) {
    Map<String, Object> properties =
        Map.of(
            RowSource.SOURCE, source.name(), RowSource.MODEL, model, "bind.key", source.bindKey());
    offers.add(new Offer(source.name(), source.bindKey(), source, properties));
    changed();
    return this;
  }

  /** What all runs may hold together. */
  public FakeHost memory(HostMemory newMemory) {
    memory = newMemory;
    return this;
  }

  public synchronized void withdraw(FakeSource source) {
    offers.removeIf(offer -> offer.rows() == source);
    changed();
  }

  public synchronized FakeHost unsettled() {
    settled = false;
    changed();
    return this;
  }

  public synchronized void settle() {
    settled = true;
    changed();
  }

  /** Defines an aggregate by lines such as {@code "union = a, b"}. */
  public synchronized FakeHost define(String name, String... lines) {
    Written written = Written.of(lines(lines));
    Problems problems = new Problems(written);
    Definition definition = DefinitionParser.parse(name, written, problems);
    if (definition == null || !problems.isEmpty()) {
      throw new AssertionError(problems);
    }
    definitions.put(name, definition);
    changed();
    return this;
  }

  public static Map<String, String> lines(String... lines) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      map.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    return map;
  }

  private void changed() {
    version++;
    notifyAll();
  }

  @Override
  public synchronized Snapshot snapshot() {
    return new Snapshot(offers, settled, version);
  }

  @Override
  public synchronized Definitions definitions() {
    return new Definitions(definitions, Map.of());
  }

  @Override
  public synchronized void awaitChange(long known, Duration timeout) throws InterruptedException {
    if (version == known && !timeout.isZero()) {
      waiting++;
      try {
        TimeUnit.NANOSECONDS.timedWait(this, timeout.toNanos());
      } finally {
        waiting--;
      }
    }
  }

  public AggregateRun run(String name, RunOptions options) {
    return new Runs(this, workers, 32, memory).start(name, options, listener);
  }

  public AggregatePlan explain(String name, RunOptions options) {
    return new Runs(this, workers, 32, memory).explain(name, options);
  }

  /** The whole answer, each row as values by commas, null as {@code -}. */
  public List<String> answer(String name) {
    return answer(name, Map.of());
  }

  public List<String> answer(String name, Map<String, String> parameters) {
    try (AggregateRun run = run(name, options(parameters))) {
      List<String> rows = rows(run);
      if (!run.complete()) {
        throw new AssertionError(run.outcomes().toString());
      }
      return rows;
    }
  }

  public String columns(String name) {
    try (AggregateRun run = run(name, options(Map.of()))) {
      return run.columns().stream().map(Column::name).collect(Collectors.joining(","));
    }
  }

  public static List<String> rows(AggregateRun run) {
    List<String> rows = new ArrayList<>();
    while (run.rows().next()) {
      rows.add(line(run));
    }
    return rows;
  }

  public static String line(AggregateRun run) {
    return IntStream.range(0, run.columns().size())
        .mapToObj(i -> run.rows().isNull(i) ? "-" : text(run, i))
        .collect(Collectors.joining(","));
  }

  private static String text(AggregateRun run, int column) {
    var slice = new io.bindery.source.Utf8Slice();
    run.rows().text(column, slice);
    return slice.toString();
  }

  public static RunOptions options(Map<String, String> parameters) {
    return new RunOptions(parameters, Long.MAX_VALUE, false, Duration.ofSeconds(20));
  }

  public static RunOptions partial(Duration timeout) {
    return new RunOptions(Map.of(), Long.MAX_VALUE, true, timeout);
  }

  public static RunOptions within(Duration timeout) {
    return new RunOptions(Map.of(), Long.MAX_VALUE, false, timeout);
  }

  /** How many runs wait for a change. */
  public synchronized int waiting() {
    return waiting;
  }

  /** How many readers are open. */
  public synchronized int openReaders() {
    return offers.stream()
        .flatMap(offer -> Stream.of((FakeSource) offer.rows()))
        .mapToInt(source -> source.open.get())
        .sum();
  }

  @Override
  public void close() {
    workers.close();
  }
}
