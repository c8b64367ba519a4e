package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.Definition.SelectItem;
import io.bindery.aggregate.internal.definition.Problems;
import io.bindery.aggregate.internal.expression.Formula;
import io.bindery.aggregate.internal.expression.FormulaException;
import io.bindery.aggregate.internal.expression.Nearest;
import io.bindery.source.Grouping;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is gathered while one plan is made. For one thread. */
final class Planning {
  final Snapshot snapshot;
  final Definitions definitions;
  final RunOptions options;
  final Map<String, String> parameters;
  final List<Node.Scan> scans = new ArrayList<>();
  final List<Absence> absences = new ArrayList<>();
  final Map<Integer, String> notes = new TreeMap<>();
  final Problems problems;
  boolean contested;
  private final Definition planned;
  private final Set<String> counted = new TreeSet<>();
  private @Nullable Map<Snapshot.Place, List<Offer>> forms;
  private final Deque<Definition> path = new ArrayDeque<>();
  private final Set<String> lost = new HashSet<>();

  Planning(Definition planned, Snapshot snapshot, Definitions definitions, RunOptions options) {
    this.planned = planned;
    this.problems = new Problems(planned.written());
    this.snapshot = snapshot;
    this.definitions = definitions;
    this.options = options;
    this.parameters = options.parameters();
  }

  /** The pre-grouped forms of a source, by name. */
  List<Offer> preGrouped(Node.Scan scan) {
    if (forms == null) {
      forms = new HashMap<>();
      for (Offer offer : snapshot.offers()) {
        Grouping grouping = offer.rows().grouping();
        if (grouping != null) {
          Snapshot.Place rows = new Snapshot.Place(grouping.of(), offer.bindKey(), offer.model());
          forms.computeIfAbsent(rows, place -> new ArrayList<>()).add(offer);
        }
      }
    }
    return forms.getOrDefault(Snapshot.Place.of(scan), List.of());
  }

  /** Whether an input that is counted or summed is to be read in groups. */
  boolean grouped(Definition definition, String input) {
    counted.add(input);
    List<String> chosen = options.grouped();
    return (chosen == null ? definition.grouped() : chosen).contains(input);
  }

  /** Notes why something cannot be read in groups. */
  void notGrouped(String message) {
    if (options.grouped() == null) {
      problem("grouped", message);
    } else {
      problems.add("grouped", message); // no line of a definition asks for it
    }
  }

  /** Notes what the run asks to be read in groups though nothing counts it. */
  void checkGrouped() {
    List<String> chosen = options.grouped();
    for (String input : chosen == null ? List.<String>of() : chosen) {
      if (!counted.contains(input)) {
        notGrouped(Nearest.unknown("input that is counted or summed", input, counted));
      }
    }
  }

  /** Steps into an aggregate; false when it is being planned already. */
  boolean enter(Definition definition) {
    if (names().contains(definition.name())) {
      return false;
    }
    path.addLast(definition);
    return true;
  }

  /** Whether the aggregate that is being planned is the one that is run. */
  boolean outermost() {
    return path.size() <= 1;
  }

  /** The aggregate that reads another; that one itself when nobody does. */
  Definition reader(Definition read) {
    Definition reader = path.peekLast();
    return reader == null ? read : reader;
  }

  void leave() {
    path.removeLast();
  }

  /** The aggregates from the one that is run to the one that is being planned. */
  String pathTo(String name) {
    List<String> names = names();
    names.add(name);
    return String.join(" -> ", names);
  }

  private List<String> names() {
    return path.stream().map(Definition::name).collect(Collectors.toCollection(ArrayList::new));
  }

  /** Notes that a bind offers a source twice, which may be over in a moment. */
  void contested(String key, String message) {
    contested = true;
    problem(key, message);
  }

  /** Notes what is wrong; in an aggregate that another reads, under its name. */
  void problem(String key, String message) {
    Definition definition = path.peekLast();
    if (definition == null || outermost()) {
      problems.add(key, message);
    } else {
      String place = definition.written().place(key);
      problems.add(
          planned.written().line(planned.form()),
          "aggregate '%s': %s".formatted(definition.name(), place),
          message);
    }
  }

  /** Notes that a column cannot be worked out, so that nobody is told that it is unknown. */
  void problem(String key, SelectItem item, FormulaException why) {
    if (!isLost(item.formula())) {
      problem(key, String.valueOf(why.getMessage()));
    }
    lost.add(item.name());
  }

  /** Whether an expression needs a column that cannot be worked out, which was noted. */
  boolean isLost(Formula formula) {
    return lost.stream().anyMatch(formula::names);
  }

  /** Whether a column cannot be worked out, which was noted. */
  boolean isLost(String column) {
    return lost.contains(column);
  }
}
