package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.expression.Conversion;
import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.aggregate.internal.expression.Value.Computed;
import io.bindery.aggregate.internal.expression.Value.Literal;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.Grouping;
import io.bindery.source.Parameter;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes steps whose rows may each stand for many: they have the columns of the rows at the same
 * places, null where a pre-grouped source lacks them, and behind these what is counted and summed.
 * Each source is read pre-grouped where it has all that is needed, else its rows stand for
 * themselves. For one input.
 */
final class PartialRows {
  private final Planning planning;
  private final Memory memory;
  private final List<State> states;
  private final Map<Integer, Node.Scan> taken = new TreeMap<>();
  private final Map<Integer, String> notes = new TreeMap<>();
  private final List<String> obstacles = new ArrayList<>();

  PartialRows(Planning planning, Memory memory, List<State> states) {
    this.planning = planning;
    this.memory = memory;
    this.states = List.copyOf(states);
  }

  /**
   * What is needed of the rows of a group.
   *
   * @param function what is worked out
   * @param column the index of the column that it is worked out of, or -1 to count rows
   * @param name the function as it could be written
   * @param type its type
   */
  record State(Grouping.Function function, int column, String name, ColumnType type) {
    Column asColumn() {
      return new Column(name, type, function != Grouping.Function.COUNT);
    }

    private State of(int other, ColumnType otherType) {
      boolean counts = function == Grouping.Function.COUNT;
      return new State(function, other, name, counts ? type : otherType);
    }
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

  /**
   * The rows for all states.
   *
   * @param node the rows
   * @param plain the indexes of their columns that are read besides
   */
  Node of(Node node, Set<Integer> plain) {
    return of(node, plain, states);
  }

  private Node of(Node node, Set<Integer> plain, List<State> wanted) {
    if (node instanceof Node.Scan scan) {
      return scan(scan, plain, wanted);
    }
    if (node instanceof Node.Where where) {
      Set<Integer> read = new TreeSet<>(plain);
      PushdownPlanner.columns(where.condition(), read);
      return new Node.Where(of(where.input(), read, wanted), where.condition(), where.again());
    }
    if (node instanceof Node.Gather gather) {
      return gather(gather, plain, wanted);
    }
    if (node instanceof Node.Project project) {
      return project(project, plain, wanted);
    }
    obstacles.add(
        "between the source and what counts there is a step '%s'"
            .formatted(node.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
    return asTheyAre(node, wanted);
  }

  private Node gather(Node.Gather gather, Set<Integer> plain, List<State> wanted) {
    Scope scope = new Scope(gather.columns());
    List<SortKey> order =
        gather.order().stream()
            .takeWhile(key -> plain.contains(scope.indexOf(key.column())))
            .toList();
    List<Node> inputs = new ArrayList<>();
    for (Node input : gather.inputs()) {
      Node partial = of(input, plain, wanted);
      boolean sorted =
          Branch.sortedBy(input.order(), order, true) < order.size()
              || Branch.sortedBy(partial.order(), order, true) == order.size();
      inputs.add(sorted ? partial : new Node.Sort(partial, order, 0, Long.MAX_VALUE, memory));
    }
    return new Node.Gather(inputs, inputs.get(0).columns(), order);
  }

  private Node project(Node.Project project, Set<Integer> plain, List<State> wanted) {
    Set<Integer> read = new TreeSet<>();
    plain.forEach(i -> PushdownPlanner.columns(project.items().get(i), read));
    List<State> below = new ArrayList<>();
    for (State state : wanted) {
      ColumnValue column = state.column() < 0 ? null : column(project.items().get(state.column()));
      if (state.column() >= 0 && column == null) {
        obstacles.add("%s is of a value that is worked out for each row".formatted(state.name()));
        return asTheyAre(project, wanted);
      }
      below.add(column == null ? state : state.of(column.index(), column.type()));
    }
    Node input = of(project.input(), read, below);
    List<Value> items = new ArrayList<>();
    for (int i = 0; i < project.items().size(); i++) {
      Column column = project.columns().get(i);
      items.add(plain.contains(i) ? project.items().get(i) : new Literal(column.type(), null));
    }
    int width = project.input().columns().size();
    for (int i = 0; i < wanted.size(); i++) {
      ColumnValue value = ColumnValue.of(width + i, below.get(i).asColumn());
      items.add(Conversion.widen(value, wanted.get(i).type()));
    }
    Scope names = new Scope(project.columns());
    List<SortKey> order =
        project.order().stream()
            .takeWhile(key -> plain.contains(names.indexOf(key.column())))
            .toList();
    List<SortKey> was = project.input().order();
    int sorted = Math.min(order.size(), was.size());
    boolean keeps =
        input.order().size() >= sorted
            && input.order().subList(0, sorted).equals(was.subList(0, sorted));
    return new Node.Project(input, items, columns(project, wanted), keeps ? order : List.of());
  }

  private static @Nullable ColumnValue column(Value value) {
    return value instanceof ColumnValue column
        ? column
        : value instanceof Computed computed && computed.operator().equals(Computed.CONVERTED)
            ? column(computed.operands().get(0))
            : null;
  }

  private Node scan(Node.Scan scan, Set<Integer> plain, List<State> wanted) {
    for (Offer offer : planning.preGrouped(scan)) {
      Node form = form(offer, scan, plain, wanted);
      if (form != null) {
        return form;
      }
    }
    return asTheyAre(scan, wanted);
  }

  /** A pre-grouped form of a source in its place; null when it lacks something, which is noted. */
  private @Nullable Node form(Offer offer, Node.Scan scan, Set<Integer> plain, List<State> wanted) {
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
    for (State state : wanted) {
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
    return new Node.Project(form, items, columns(scan, wanted), order);
  }

  /** What a pre-grouped source has for a state; null when it has nothing. */
  private static @Nullable Value held(
      State state, Node.Scan scan, Node.Scan form, Grouping grouping) {
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

  /** Rows that stand for themselves. */
  private static Node asTheyAre(Node node, List<State> wanted) {
    List<Value> items = new ArrayList<>();
    for (int i = 0; i < node.columns().size(); i++) {
      items.add(ColumnValue.of(i, node.columns().get(i)));
    }
    for (State state : wanted) {
      if (state.column() < 0) {
        items.add(new Literal(ColumnType.INTEGER, 1L));
        continue;
      }
      ColumnValue value = ColumnValue.of(state.column(), node.columns().get(state.column()));
      items.add(state.function() == Grouping.Function.COUNT ? counted(value) : value);
    }
    return new Node.Project(node, items, columns(node, wanted), node.order());
  }

  private static Value counted(ColumnValue value) {
    return new Computed(
        "count",
        List.of(value),
        ColumnType.INTEGER,
        false,
        row -> row.isNull(value.index()) ? 0L : 1L);
  }

  private static List<Column> columns(Node node, List<State> wanted) {
    List<Column> columns = new ArrayList<>(node.columns());
    wanted.forEach(state -> columns.add(state.asColumn()));
    return columns;
  }
}
