package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.definition.Body;
import io.bindery.aggregate.internal.expression.FormulaException;
import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.KeyRange;
import io.bindery.source.Parameter;
import io.bindery.source.SortKey;
import io.bindery.source.SortKey.Comparison;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds out what the sources of a plan can be told, by a walk from its last step. For one plan. */
final class PushdownPlanner {
  private static final Set<Class<?>> APPROXIMATE = Set.of(Float.class, Double.class);

  private final Planning planning;
  private final Set<String> checked;
  private final Map<Integer, Pushed> found = new TreeMap<>();

  private PushdownPlanner(Answer answer, Planning planning) {
    this.planning = planning;
    this.checked = answer.columns().stream().map(Column::name).collect(Collectors.toSet());
  }

  /** What each source of a plan is told, by their numbers. */
  static List<Pushed> plan(Answer answer, Planning planning) {
    PushdownPlanner planner = new PushdownPlanner(answer, planning);
    Set<Integer> columns = new TreeSet<>();
    for (int i = 0; i < answer.columns().size(); i++) {
      columns.add(i);
    }
    boolean ordered = !answer.node().order().isEmpty();
    planner.walk(answer.node(), new Wanted(columns, Map.of(), Long.MAX_VALUE, ordered));
    return List.copyOf(planner.found.values());
  }

  /**
   * What is wanted of a step.
   *
   * @param columns the indexes of the columns that are read
   * @param bounds the stretches outside of which no row is needed, by the columns' indexes
   * @param limit how many rows are read at most
   * @param ordered whether its order is relied on
   */
  private record Wanted(
      Set<Integer> columns, Map<Integer, KeyRange> bounds, long limit, boolean ordered) {
    Wanted limited(long to) {
      return new Wanted(columns, bounds, to, ordered);
    }

    Wanted bounded(Map<Integer, KeyRange> by) {
      return new Wanted(columns, by, limit, ordered);
    }

    Wanted ordered(boolean relied) {
      return new Wanted(columns, bounds, limit, relied);
    }

    Wanted with(Set<Integer> more) {
      Set<Integer> all = new TreeSet<>(columns);
      all.addAll(more);
      return new Wanted(all, bounds, limit, ordered);
    }
  }

  private void walk(Node node, Wanted wanted) {
    if (node instanceof Node.Scan scan) {
      found.put(scan.leaf(), pushed(scan, wanted));
    } else if (node instanceof Node.Gather gather) {
      Wanted each = wanted.with(indexes(gather.order(), gather)).ordered(!gather.order().isEmpty());
      gather.inputs().forEach(input -> walk(input, each));
    } else if (node instanceof Node.Where where) {
      Set<Integer> read = new TreeSet<>();
      columns(where.condition(), read);
      Map<Integer, KeyRange> bounds = new HashMap<>(wanted.bounds());
      Bounds.of(where.condition()).forEach((i, range) -> bounds.merge(i, range, Bounds::both));
      walk(where.input(), wanted.with(read).bounded(bounds).limited(Long.MAX_VALUE));
    } else if (node instanceof Node.Project project) {
      walk(project.input(), projected(project, wanted));
    } else if (node instanceof Node.Sort sort) {
      walk(
          sort.input(),
          wanted
              .with(indexes(sort.order(), sort))
              .limited(Long.MAX_VALUE)
              .ordered(sort.presorted() > 0));
    } else if (node instanceof Node.Distinct distinct) {
      Map<Integer, KeyRange> bounds = new HashMap<>(wanted.bounds());
      bounds.keySet().retainAll(exact(distinct.key(), distinct.compared()));
      Set<Integer> read = new TreeSet<>(wanted.columns());
      read.addAll(distinct.key());
      walk(distinct.input(), new Wanted(read, bounds, Long.MAX_VALUE, wanted.ordered()));
    } else if (node instanceof Node.Slice slice) {
      long rows = Node.Slice.reach(slice.offset(), Math.min(wanted.limit(), slice.limit()));
      walk(slice.input(), wanted.bounded(Map.of()).limited(rows));
    } else if (node instanceof Node.After after) {
      walk(after.input(), behind(after, wanted));
    } else if (node instanceof Node.Group group) {
      walk(group.input(), grouped(group, wanted));
    } else if (node instanceof Node.Merge merge) {
      merged(merge, wanted);
    }
  }

  /**
   * The first column's value bounds the rows, where no null can come behind it: nulls are lowest.
   */
  private static Wanted behind(Node.After after, Wanted wanted) {
    int index = new Scope(after.columns()).indexOf(after.by().get(0).column());
    Column column = after.columns().get(index);
    Object value = after.position().get(0);
    Map<Integer, KeyRange> bounds = new HashMap<>(wanted.bounds());
    boolean up = after.by().get(0).direction() == SortKey.Direction.ASCENDING;
    if (value != null && (up || !column.nullable())) {
      KeyRange range = new KeyRange(column.name(), up ? value : null, up ? null : value);
      bounds.merge(index, range, Bounds::both);
    }
    return wanted.with(indexes(after.by(), after)).bounded(bounds).limited(Long.MAX_VALUE);
  }

  private static Wanted projected(Node.Project project, Wanted wanted) {
    Set<Integer> read = new TreeSet<>();
    Map<Integer, KeyRange> bounds = new HashMap<>();
    for (int i = 0; i < project.items().size(); i++) {
      Value item = project.items().get(i);
      if (wanted.columns().contains(i)) {
        columns(item, read);
      }
      KeyRange bound = wanted.bounds().get(i);
      if (bound != null && item instanceof ColumnValue column) {
        bounds.merge(column.index(), bound, Bounds::both);
      }
    }
    return new Wanted(read, bounds, wanted.limit(), wanted.ordered());
  }

  /** The columns of a key of which rows that are not wanted can be left out: they stand alone. */
  private static Set<Integer> exact(List<Integer> key, List<Comparison> compared) {
    Set<Integer> exact = new TreeSet<>();
    for (int i = 0; i < key.size(); i++) {
      if (compared.get(i) != Comparison.FOLDED) {
        exact.add(key.get(i));
      }
    }
    return exact;
  }

  private static Wanted grouped(Node.Group group, Wanted wanted) {
    Set<Integer> read = new TreeSet<>(group.key());
    group.calls().forEach(call -> call.arguments().forEach(value -> columns(value, read)));
    Map<Integer, KeyRange> bounds = new HashMap<>();
    for (int i = 0; i < group.key().size(); i++) {
      KeyRange bound = wanted.bounds().get(i);
      if (bound != null && group.compared().get(i) != Comparison.FOLDED) {
        bounds.put(group.key().get(i), bound);
      }
    }
    boolean ordered = group.ordered() && !group.key().isEmpty();
    return new Wanted(read, bounds, Long.MAX_VALUE, ordered);
  }

  private void merged(Node.Merge merge, Wanted wanted) {
    int contributed = merge.compared().size();
    for (Node.Side side : merge.sides()) {
      int first = contributed;
      contributed += side.contribution().width();
      Node node = side.node();
      if (node == null) {
        continue;
      }
      Set<Integer> read = new TreeSet<>(side.key());
      Node.Contribution contribution = side.contribution();
      contribution.calls().forEach(call -> call.arguments().forEach(value -> columns(value, read)));
      if (!contribution.sums()) {
        contribution.values().forEach(value -> columns(value, read));
      }
      Map<Integer, KeyRange> bounds = new HashMap<>();
      for (int i = 0; i < side.key().size(); i++) {
        KeyRange bound = wanted.bounds().get(i);
        if (bound != null && merge.compared().get(i) != Comparison.FOLDED) {
          bounds.put(side.key().get(i), bound);
        }
      }
      if (decides(merge, side)) {
        for (int i = 0; i < contribution.width(); i++) {
          KeyRange bound = wanted.bounds().get(first + i);
          if (bound != null && contribution.values().get(i) instanceof ColumnValue column) {
            bounds.merge(column.index(), bound, Bounds::both);
          }
        }
      }
      walk(node, new Wanted(read, bounds, Long.MAX_VALUE, merge.ordered()));
    }
  }

  /** Whether a key without a row of the side is not there, and has no other row to be taken. */
  private static boolean decides(Node.Merge merge, Node.Side side) {
    boolean needed =
        merge.join() == Body.Join.INNER
            || (merge.join() == Body.Join.LEFT && side == merge.sides().get(0));
    return needed
        && !side.contribution().sums()
        && !merge.compared().contains(Comparison.FOLDED)
        && side.node() != null
        && UniqueKey.tells(side.node(), side.key());
  }

  private Pushed pushed(Node.Scan scan, Wanted wanted) {
    List<KeyRange> ranges = new ArrayList<>();
    Map<String, Object> parameters = new HashMap<>();
    wanted
        .bounds()
        .forEach(
            (index, bound) -> {
              Column column = scan.columns().get(index);
              // what is read of a FLOAT as 0.1 is another number for the database
              boolean same = column.type() != ColumnType.DOUBLE;
              if (index > 0 && same && !equal(scan, column, bound, parameters)) {
                ranges.add(new KeyRange(column.name(), bound.from(), bound.to()));
              }
            });
    for (Parameter parameter : scan.parameters()) {
      String text = planning.parameters.get(parameter.name());
      // one that is a column of the answer is a condition, which came down as far as it can
      if (text != null && !checked.contains(parameter.name())) {
        try {
          parameters.put(parameter.name(), ParameterValues.of(parameter, text));
        } catch (FormulaException e) {
          planning.problem(
              "parameter '%s' of source '%s'".formatted(parameter.name(), scan.source()),
              String.valueOf(e.getMessage()));
        }
      }
    }
    return new Pushed(parameters, columns(scan, wanted), ranges, wanted.limit(), wanted.ordered());
  }

  /** A column that must have one value is a parameter, where the source has one of its name. */
  private static boolean equal(
      Node.Scan scan, Column column, KeyRange bound, Map<String, Object> parameters) {
    Object value = bound.from();
    if (value == null || !value.equals(bound.to()) || value instanceof byte[]) {
      return false;
    }
    boolean text = column.type() == ColumnType.TEXT;
    for (Parameter parameter : scan.parameters()) {
      // a database may compare another type in another way, and miss rows
      if (parameter.name().equals(column.name())
          && text == (parameter.type() == String.class)
          && !APPROXIMATE.contains(parameter.type())) {
        try {
          parameters.put(column.name(), ParameterValues.of(parameter, Bounds.text(value)));
          return true;
        } catch (FormulaException e) {
          return false; // a value that the parameter cannot have is looked for here only
        }
      }
    }
    return false;
  }

  /** The source's columns that are read; those of its order too, as it is checked. */
  private static List<String> columns(Node.Scan scan, Wanted wanted) {
    Set<Integer> read = new TreeSet<>(wanted.columns());
    read.addAll(indexes(scan.order(), scan));
    read.remove(0);
    return read.size() == scan.columns().size() - 1
        ? List.of()
        : read.stream().map(i -> scan.columns().get(i).name()).toList();
  }

  static void columns(Value value, Set<Integer> read) {
    if (value instanceof ColumnValue column) {
      read.add(column.index());
    } else if (value instanceof Value.Computed computed) {
      computed.operands().forEach(operand -> columns(operand, read));
    }
  }

  private static Set<Integer> indexes(List<SortKey> order, Node node) {
    Scope scope = new Scope(node.columns());
    Set<Integer> indexes = new TreeSet<>();
    order.forEach(key -> indexes.add(scope.indexOf(key.column())));
    return indexes;
  }
}
