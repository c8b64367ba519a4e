package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.AggregateDefinition;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.DefinitionParser;
import io.bindery.aggregate.internal.definition.Problem;
import io.bindery.aggregate.internal.definition.Problems;
import io.bindery.aggregate.internal.definition.Written;
import io.bindery.aggregate.internal.plan.Wrong;
import io.bindery.aggregate.internal.record.RowType;
import io.bindery.error.MessageText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the definitions that bundles bring. One that is wrong is kept with its reason. */
final class BundleDefinitions
    extends ServiceTracker<AggregateDefinition<?>, BundleDefinitions.Brought> {
  private static final Logger LOG = LoggerFactory.getLogger(BundleDefinitions.class);
  private static final int LONGEST_REASON = 300;
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]*";

  private final Consumer<Map<String, List<Entry>>> taker;
  private final Map<ServiceReference<?>, Brought> present = new ConcurrentHashMap<>();

  /**
   * Begins to watch when it is opened.
   *
   * @param context the bundle's context
   * @param taker is given all definitions by name after each change, on the thread of the change
   */
  BundleDefinitions(BundleContext context, Consumer<Map<String, List<Entry>>> taker) {
    super(context, AggregateDefinition.class.getName(), null);
    this.taker = taker;
  }

  /**
   * A definition that was read.
   *
   * @param name the aggregate's name
   * @param entry what was read
   */
  record Brought(String name, Entry entry) {}

  @Override
  public @Nullable Brought addingService(ServiceReference<AggregateDefinition<?>> reference) {
    AggregateDefinition<?> service = context.getService(reference);
    if (service == null) {
      return null;
    }
    Brought brought = read(service, reference);
    present.put(reference, brought);
    String problem = brought.entry().problem();
    if (problem == null) {
      LOG.info("aggregate '{}': defined by {}", brought.name(), brought.entry().origin());
    } else {
      LOG.warn(
          "aggregate '{}': refused, {}: {}", brought.name(), brought.entry().origin(), problem);
    }
    tell();
    return brought;
  }

  private static Brought read(
      AggregateDefinition<?> service, ServiceReference<AggregateDefinition<?>> reference) {
    String origin = origin(reference.getBundle());
    String name = "service-" + reference.getProperty(Constants.SERVICE_ID);
    try {
      name = String.valueOf(service.name());
      Written written = Written.of(service.lines());
      Problems problems = new Problems(written);
      if (!name.matches(NAME)) {
        problems.add("name", "'%s' is none; use letters, digits, _ . -".formatted(name));
      }
      Definition definition = DefinitionParser.parse(name, written, problems);
      RowType rows = new RowType(service.rowType(), service.lookup());
      boolean right = problems.isEmpty();
      Definition working = right ? definition : null;
      Wrong wrong = right ? null : new Wrong(problems.all(), definition);
      return new Brought(name, new Entry(origin, working, null, written.lines(), wrong, rows));
    } catch (RuntimeException | LinkageError e) { // whatever a bundle's code does
      String why = MessageText.of(e.toString(), LONGEST_REASON);
      Wrong wrong = new Wrong(List.of(new Problem(Problem.NO_LINE, "cannot be read", why)), null);
      return new Brought(name, new Entry(origin, null, null, Map.of(), wrong, null));
    }
  }

  private static String origin(@Nullable Bundle bundle) {
    return bundle == null
        ? "a bundle that is gone"
        : "bundle %s %s".formatted(bundle.getSymbolicName(), bundle.getVersion());
  }

  /** The ranking may be another one. */
  @Override
  public void modifiedService(ServiceReference<AggregateDefinition<?>> reference, Brought brought) {
    tell();
  }

  @Override
  public void removedService(ServiceReference<AggregateDefinition<?>> reference, Brought brought) {
    present.remove(reference);
    context.ungetService(reference);
    LOG.info("aggregate '{}': no longer defined by {}", brought.name(), brought.entry().origin());
    tell();
  }

  private synchronized void tell() {
    Map<String, List<Entry>> byName = new TreeMap<>();
    present.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
        .map(Map.Entry::getValue)
        .forEach(
            brought ->
                byName
                    .computeIfAbsent(brought.name(), name -> new ArrayList<>())
                    .add(brought.entry()));
    taker.accept(byName);
  }
}
