package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.aggregate.internal.expression.Value.Literal;
import io.bindery.source.Column;
import io.bindery.source.Grouping;
import io.bindery.source.Parameter;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the pre-grouped forms of sources, and remembers which there are and why not. */
final class PreGroupedForms {
  private final Planning planning;
  private final Map<Integer, Node.Scan> taken = new TreeMap<>();
  private final Map<Integer, String> notes = new TreeMap<>();
  private final List<String> obstacles = new ArrayList<>();

  PreGroupedForms(Planning planning) {
    this.planning = planning;
  }

  /** The pre-grouped sources that are read, by the numbers of those whose rows they replace. */
  Map<Integer, Node.Scan> taken() {
    return taken;
  }

  /** What is to be said of sources, by their numbers. */
  Map<Integer, String> notes() {
    return notes;
  }

  /** Why a source is read row by row though it has a pre-grouped form. */
  List<String> obstacles() {
    return obstacles;
  }

  /** Notes why sources must be read row by row. */
  void obstacle(String why) {
    obstacles.add(why);
  }

  /**
   * A source in groups where it has a form with all that is needed, else as it is.
   *
   * @param scan the source
   * @param plain the indexes of its columns that are read besides
   * @param wanted what is needed
   */
  Node of(Node.Scan scan, Set<Integer> plain, List<PartialState> wanted) {
    for (Offer offer : planning.preGrouped(scan)) {
      Node form = form(offer, scan, plain, wanted);
      if (form != null) {
        return form;
      }
    }
    return PartialState.asTheyAre(scan, wanted);
  }

  /** A pre-grouped form of a source in its place; null when it lacks something, which is noted. */
  private @Nullable Node form(
      Offer offer, Node.Scan scan, Set<Integer> plain, List<PartialState> wanted) {
    Grouping grouping = Objects.requireNonNull(offer.rows().grouping());
    Node.Scan form = Inputs.scan(offer, scan.leaf(), scan.optional());
    List<String> missing = new ArrayList<>();
    for (Parameter parameter : scan.parameters()) {
      if (planning.parameters.containsKey(parameter.name())
          && !form.parameters().contains(parameter)) {
        missing.add("does not take the parameter '%s'".formatted(parameter.name()));
      }
    }
    Scope scope = new Scope(form.columns());
    List<Value> items = new ArrayList<>();
    for (int i = 0; i < scan.columns().size(); i++) {
      Column column = scan.columns().get(i);
      boolean there = i == 0 || grouping.by().contains(column.name());
      if (plain.contains(i) && !there) {
        missing.add("is not grouped by '%s'".formatted(column.name()));
      }
      items.add(
          there
              ? ColumnValue.of(scope.indexOf(column.name()), column)
              : new Literal(column.type(), null));
    }
    for (PartialState state : wanted) {
      Value value = held(state, scan, form, grouping);
      if (value == null) {
        missing.add("has no %s".formatted(state.name()));
      } else {
        items.add(value);
      }
    }
    if (!missing.isEmpty()) {
      String why =
          "'%s' on bind '%s' %s"
              .formatted(form.source(), form.bindKey(), String.join(" and ", missing));
      obstacles.add(why);
      notes.put(scan.leaf(), "rows are read: " + why);
      return null;
    }
    taken.put(scan.leaf(), form);
    notes.put(scan.leaf(), "the pre-grouped form of '%s'".formatted(scan.source()));
    List<SortKey> order =
        form.order().stream().takeWhile(key -> grouping.by().contains(key.column())).toList();
    return new Node.Project(form, items, PartialState.columns(scan, wanted), order);
  }

  /** What a pre-grouped source has for a state; null when it has nothing. */
  private static @Nullable Value held(
      PartialState state, Node.Scan scan, Node.Scan form, Grouping grouping) {
    Column of = state.column() < 0 ? null : scan.columns().get(state.column());
    Scope scope = new Scope(form.columns());
    boolean counts = state.function() == Grouping.Function.COUNT;
    // a column that is never null has as many values as there are rows
    String argument = of == null || (counts && !of.nullable()) ? null : of.name();
    for (Grouping.State held : grouping.states()) {
      boolean same =
          of != null && held.argument() != null
              ? held.argument().equals(of.name())
              : held.argument() == null && argument == null;
      if (same && held.function() == state.function()) {
        int index = scope.indexOf(held.column());
        return ColumnValue.of(index, form.columns().get(index));
      }
    }
    boolean extreme =
        state.function() == Grouping.Function.MIN || state.function() == Grouping.Function.MAX;
    return of != null && extreme && grouping.by().contains(of.name())
        ? ColumnValue.of(scope.indexOf(of.name()), of)
        : null;
  }
}
