package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns that tell the rows of a step apart, by what sources declare. */
final class UniqueKey {
  private UniqueKey() {}

  /** The indexes of the columns, or null when none are known. */
  static @Nullable List<Integer> of(Node node) {
    if (node instanceof Node.Scan scan) {
      return scan.key().isEmpty() ? null : withBind(scan);
    }
    if (node instanceof Node.Gather gather) {
      return gathered(gather);
    }
    if (node instanceof Node.Project project) {
      return projected(project);
    }
    if (node instanceof Node.Distinct distinct) {
      return distinct.key();
    }
    if (node instanceof Node.Group group) {
      return upTo(group.key().size());
    }
    if (node instanceof Node.Merge merge) {
      return upTo(merge.sides().stream().mapToInt(side -> side.key().size()).max().orElse(0));
    }
    return of(node.inputs().get(0));
  }

  /** Whether some columns tell the rows of a step apart, perhaps as they are all of one bind. */
  static boolean tells(Node node, List<Integer> columns) {
    List<Integer> key = of(node);
    int bind = new Scope(node.columns()).indexOf(Branch.BIND_KEY);
    return key != null
        && key.stream().allMatch(i -> columns.contains(i) || (i == bind && bind(node) != null));
  }

  private static List<Integer> withBind(Node.Scan scan) {
    List<Integer> indexes = new ArrayList<>(List.of(0));
    Scope scope = new Scope(scan.columns());
    scan.key().forEach(column -> indexes.add(scope.indexOf(column)));
    return indexes;
  }

  /** Rows of several binds are told apart by the bind, where each bind gives rows only once. */
  private static @Nullable List<Integer> gathered(Node.Gather gather) {
    List<Integer> first = of(gather.inputs().get(0));
    if (gather.inputs().size() == 1 || first == null) {
      return first;
    }
    int bind = new Scope(gather.columns()).indexOf(Branch.BIND_KEY);
    Set<String> binds = new HashSet<>();
    for (Node input : gather.inputs()) {
      String from = bind(input);
      if (from == null || !binds.add(from) || !first.equals(of(input))) {
        return null;
      }
    }
    return first.contains(bind) ? first : null;
  }

  /** The one bind that rows come from, or null. */
  private static @Nullable String bind(Node node) {
    if (node instanceof Node.Scan scan) {
      return scan.bindKey();
    }
    return node.inputs().size() == 1 ? bind(node.inputs().get(0)) : null;
  }

  private static @Nullable List<Integer> projected(Node.Project project) {
    List<Integer> below = of(project.input());
    if (below == null) {
      return null;
    }
    List<Integer> indexes = new ArrayList<>();
    for (int index : below) {
      int to = -1;
      for (int i = 0; i < project.items().size() && to < 0; i++) {
        boolean same = project.items().get(i) instanceof ColumnValue c && c.index() == index;
        to = same ? i : -1;
      }
      if (to < 0) {
        return null;
      }
      indexes.add(to);
    }
    return indexes;
  }

  private static List<Integer> upTo(int end) {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < end; i++) {
      indexes.add(i);
    }
    return indexes;
  }
}
