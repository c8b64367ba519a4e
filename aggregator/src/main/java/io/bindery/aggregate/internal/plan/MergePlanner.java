package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.definition.Body;
import io.bindery.aggregate.internal.definition.Body.Join;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.Definition.SelectItem;
import io.bindery.aggregate.internal.definition.Input;
import io.bindery.aggregate.internal.expression.Conversion;
import io.bindery.aggregate.internal.expression.Nearest;
import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.plan.Node.Contribution;
import io.bindery.aggregate.internal.plan.Node.Side;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans a merge by key. For one merge. */
final class MergePlanner {
  private final Planning planning;
  private final Body.Merge merge;
  private final Definition definition;
  private final Memory memory;

  MergePlanner(Planning planning, Body.Merge merge, Definition definition, Memory memory) {
    this.planning = planning;
    this.merge = merge;
    this.definition = definition;
    this.memory = memory;
  }

  /** Plans it; null when the first input is missing or a key column is. */
  @Nullable Prepared plan(List<List<Branch>> inputs) {
    List<List<Branch>> aligned = new ArrayList<>();
    for (List<Branch> branches : inputs) {
      aligned.add(branches.isEmpty() ? branches : alike(branches));
    }
    if (aligned.get(0).isEmpty() || !keysExist(aligned)) {
      return null;
    }
    List<Column> keys = new ArrayList<>();
    for (String column : merge.key()) {
      keys.add(key(column, aligned));
    }
    aligned.replaceAll(branches -> withKeys(branches, keys));
    List<SortKey> order = Alignment.ascending(merge.key(), keys, definition.folded());
    Alignment.checkFolded(order, keys, "key", planning);
    boolean ordered =
        aligned.stream()
            .flatMap(List::stream)
            .allMatch(branch -> branch.sortedBy(order) == order.size());
    Node.Merge node = merge(aligned, keys, order, ordered);
    long bindKeys =
        node.sides().stream().filter(side -> side.contribution().bindKey() >= 0).count();
    return Prepared.of(node, node.columns().size() - (int) bindKeys);
  }

  private List<Branch> alike(List<Branch> branches) {
    List<Column> columns = Alignment.columns(branches, "merge", planning);
    return branches.stream().map(branch -> Alignment.align(branch, columns)).toList();
  }

  private boolean keysExist(List<List<Branch>> inputs) {
    boolean exist = true;
    for (List<Branch> branches : inputs) {
      for (String column : branches.isEmpty() ? List.<String>of() : merge.key()) {
        Scope scope = new Scope(branches.get(0).node().columns());
        if (planning.isLost(column)) {
          exist = false;
        } else if (scope.indexOf(column) < 0) {
          planning.problem(
              "key",
              "%s has no such column: %s"
                  .formatted(
                      branches.get(0).label(), Nearest.unknown("column", column, scope.names())));
          exist = false;
        } else {
          exist &= !Alignment.isList(scope.columns().get(scope.indexOf(column)), "key", planning);
        }
      }
    }
    return exist;
  }

  private Column key(String name, List<List<Branch>> inputs) {
    Column first = null;
    String label = "";
    ColumnType type = ColumnType.TEXT;
    boolean nullable = false;
    for (List<Branch> branches : inputs) {
      if (branches.isEmpty()) {
        continue;
      }
      Scope scope = new Scope(branches.get(0).node().columns());
      Column column = scope.columns().get(scope.indexOf(name));
      if (first == null) {
        first = column;
        label = branches.get(0).label();
        type = column.type();
      } else if (type == column.type() || (number(type) && number(column.type()))) {
        type = type == column.type() ? type : ColumnType.DECIMAL;
      } else {
        planning.problem(
            "key",
            "column '%s' is %s in %s and %s in %s, which cannot be compared"
                .formatted(
                    name,
                    Conversion.word(type),
                    label,
                    Conversion.word(column.type()),
                    branches.get(0).label()));
      }
      boolean stays = merge.join() == Join.FULL || column == first;
      nullable |= stays && column.nullable() && merge.join() != Join.INNER;
    }
    return new Column(name, type, nullable);
  }

  /** Numbers of unlike types are compared as decimals. */
  private static List<Branch> withKeys(List<Branch> branches, List<Column> keys) {
    if (branches.isEmpty()) {
      return branches;
    }
    List<Column> columns = new ArrayList<>(branches.get(0).node().columns());
    for (Column key : keys) {
      int index = new Scope(columns).indexOf(key.name());
      Column column = columns.get(index);
      if (number(column.type())) {
        columns.set(index, new Column(column.name(), key.type(), column.nullable()));
      }
    }
    return branches.stream().map(branch -> Alignment.align(branch, columns)).toList();
  }

  private static boolean number(ColumnType type) {
    return type == ColumnType.INTEGER || type == ColumnType.DECIMAL || type == ColumnType.DOUBLE;
  }

  private Node.Merge merge(
      List<List<Branch>> inputs, List<Column> keys, List<SortKey> order, boolean ordered) {
    List<Side> sides = new ArrayList<>();
    List<Column> columns = new ArrayList<>(keys);
    List<Column> bindKeys = new ArrayList<>();
    Set<String> names = new HashSet<>(merge.key());
    for (int i = 0; i < inputs.size(); i++) {
      List<Branch> branches = inputs.get(i);
      Input input = merge.inputs().get(i);
      Node node =
          branches.isEmpty() ? null : Alignment.gather(branches, ordered ? order : List.of());
      Contributions contributions = new Contributions(planning, merge, input.name(), memory);
      List<SelectItem> selected = merge.selects().get(input.name());
      Contribution contribution = contributions.of(node, selected);
      boolean outer =
          merge.join() == Join.FULL || (i > 0 && merge.join() == Join.LEFT) || node == null;
      boolean counted = contribution.sums() && node != null && !mayFail(node);
      for (Column column : contributions.columns()) {
        if (!names.add(column.name())) {
          planning.problem(
              "select." + input.name(),
              "column '%s' is there already; write select.%s = %s as other_name"
                  .formatted(column.name(), input.name(), column.name()));
        }
        boolean nullable = column.nullable() || (outer && !counted);
        columns.add(new Column(column.name(), column.type(), nullable));
      }
      if (contribution.bindKey() >= 0) {
        String name = input.name() + "." + Branch.BIND_KEY;
        bindKeys.add(new Column(name, ColumnType.TEXT, outer));
      }
      List<Integer> key =
          node == null
              ? List.of()
              : merge.key().stream().map(new Scope(node.columns())::indexOf).toList();
      Side side = new Side(input.name(), node, key, contribution, false);
      boolean stays = merge.join() == Join.FULL || (i == 0 && merge.join() == Join.LEFT);
      sides.add(counted(side, stays, ordered ? order : List.of()));
    }
    columns.addAll(bindKeys);
    List<SortKey> result = ordered ? order : List.of();
    return new Node.Merge(
        sides, Alignment.compared(order), merge.join(), ordered, columns, result, memory);
  }

  /**
   * A side that only counts and sums may read rows that are grouped already.
   *
   * @param stays whether its rows without a key stay, each by itself
   */
  private Side counted(Side side, boolean stays, List<SortKey> order) {
    Contribution contribution = side.contribution();
    boolean wanted = planning.grouped(definition, side.name());
    if (side.node() == null || !contribution.sums()) {
      if (side.node() != null && wanted) {
        planning.notGrouped(PreGrouping.NOTHING_COUNTS.formatted(side.name()));
      }
      return new Side(side.name(), side.node(), side.key(), contribution, wanted);
    }
    PreGrouping grouping = new PreGrouping(planning, memory, side.name(), wanted);
    List<Column> columns = side.node().columns();
    for (int i : side.key()) {
      if (stays && columns.get(i).nullable()) {
        grouping.obstacle(
            "a row whose '%s' is null stays by itself, as join = %s keeps it"
                .formatted(columns.get(i).name(), merge.join().name().toLowerCase(Locale.ROOT)));
      }
    }
    PreGrouping.Counted counted = grouping.of(side.node(), side.key(), contribution.calls(), order);
    return new Side(
        side.name(),
        counted.node(),
        side.key(),
        new Contribution(true, counted.calls(), contribution.values(), contribution.bindKey()),
        wanted);
  }

  /** Sums over no rows are what they are, such as 0; those of a source that failed are null. */
  private static boolean mayFail(Node node) {
    return node instanceof Node.Scan scan
        ? scan.optional()
        : node.inputs().stream().anyMatch(MergePlanner::mayFail);
  }
}
