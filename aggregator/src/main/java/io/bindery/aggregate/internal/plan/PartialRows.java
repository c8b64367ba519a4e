package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.expression.Conversion;
import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.aggregate.internal.expression.Value.Computed;
import io.bindery.aggregate.internal.expression.Value.Literal;
import io.bindery.source.Column;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes steps whose rows may each stand for many: they have the columns of the rows at the same
 * places, null where a pre-grouped source lacks them, and behind these what is counted and summed.
 * Each source is read pre-grouped where it has all that is needed, else its rows stand for
 * themselves. For one input.
 */
final class PartialRows {
  private final PreGroupedForms forms;
  private final Memory memory;

  PartialRows(PreGroupedForms forms, Memory memory) {
    this.forms = forms;
    this.memory = memory;
  }

  /**
   * The rows with all that is needed.
   *
   * @param node the rows
   * @param plain the indexes of their columns that are read besides
   * @param wanted what is needed
   */
  Node of(Node node, Set<Integer> plain, List<PartialState> wanted) {
    if (node instanceof Node.Scan scan) {
      return forms.of(scan, plain, wanted);
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
    forms.obstacle(
        "between the source and what counts there is a step '%s'"
            .formatted(node.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
    return PartialState.asTheyAre(node, wanted);
  }

  private Node gather(Node.Gather gather, Set<Integer> plain, List<PartialState> wanted) {
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

  private Node project(Node.Project project, Set<Integer> plain, List<PartialState> wanted) {
    Set<Integer> read = new TreeSet<>();
    plain.forEach(i -> PushdownPlanner.columns(project.items().get(i), read));
    List<PartialState> below = new ArrayList<>();
    for (PartialState state : wanted) {
      ColumnValue column = state.column() < 0 ? null : column(project.items().get(state.column()));
      if (state.column() >= 0 && column == null) {
        forms.obstacle("%s is of a value that is worked out for each row".formatted(state.name()));
        return PartialState.asTheyAre(project, wanted);
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
    return new Node.Project(
        input, items, PartialState.columns(project, wanted), keeps ? order : List.of());
  }

  private static @Nullable ColumnValue column(Value value) {
    return value instanceof ColumnValue column
        ? column
        : value instanceof Computed computed && computed.operator().equals(Computed.CONVERTED)
            ? column(computed.operands().get(0))
            : null;
  }
}
