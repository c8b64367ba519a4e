package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.expression.Conversion;
import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.SortKey;
import io.bindery.source.SortKey.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes nodes with like columns of nodes that are to be united. */
final class Alignment {
  private Alignment() {}

  /** The columns that all branches have, in the order of the first. */
  static List<Column> columns(List<Branch> branches, String key, Planning planning) {
    List<Column> common = new ArrayList<>();
    for (Column column : branches.get(0).node().columns()) {
      boolean twice = common.stream().anyMatch(c -> c.name().equals(column.name()));
      Column united = twice ? null : united(column, branches, key, planning);
      if (united != null) {
        common.add(united);
      }
    }
    if (branches.size() > 1
        && common.stream().allMatch(column -> column.name().equals(Branch.BIND_KEY))) {
      planning.problem(
          key,
          "%s and %s have no column in common; rename columns in an aggregate of its own"
              .formatted(branches.get(0).label(), branches.get(branches.size() - 1).label()));
    }
    return common;
  }

  private static @Nullable Column united(
      Column column, List<Branch> branches, String key, Planning planning) {
    ColumnType type = column.type();
    boolean nullable = false;
    for (Branch branch : branches) {
      Scope scope = new Scope(branch.node().columns());
      int index = scope.indexOf(column.name());
      if (index < 0) {
        return null;
      }
      Column other = scope.columns().get(index);
      nullable |= other.nullable();
      ColumnType wider = wider(type, other.type());
      if (wider == null) {
        planning.problem(
            key,
            "column '%s' is %s in %s and %s in %s; make them alike"
                .formatted(
                    column.name(),
                    Conversion.word(column.type()),
                    branches.get(0).label(),
                    Conversion.word(other.type()),
                    branch.label()));
        return null;
      }
      type = wider;
    }
    return new Column(column.name(), type, nullable);
  }

  private static @Nullable ColumnType wider(ColumnType a, ColumnType b) {
    boolean wholeOrDecimal =
        (a == ColumnType.INTEGER && b == ColumnType.DECIMAL)
            || (a == ColumnType.DECIMAL && b == ColumnType.INTEGER);
    return a == b ? a : wholeOrDecimal ? ColumnType.DECIMAL : null;
  }

  /** A branch with just these columns. */
  static Branch align(Branch branch, List<Column> columns) {
    Node node = branch.node();
    List<Value> items = new ArrayList<>();
    boolean same = node.columns().size() == columns.size();
    for (int i = 0; i < columns.size(); i++) {
      int index = new Scope(node.columns()).indexOf(columns.get(i).name());
      Column from = node.columns().get(index);
      same &= index == i && from.type() == columns.get(i).type();
      Value value = Value.ColumnValue.of(index, from);
      items.add(Conversion.widen(value, columns.get(i).type()));
    }
    if (same) {
      return branch;
    }
    Scope left = new Scope(columns);
    List<SortKey> order =
        node.order().stream().takeWhile(key -> left.indexOf(key.column()) >= 0).toList();
    return new Branch(
        new Node.Project(node, items, columns, order), branch.label(), branch.oneBind());
  }

  /**
   * All rows of all branches, merged by as much of the wanted order as all of them have.
   *
   * @param branches with columns alike
   */
  static Node gather(List<Branch> branches, List<SortKey> wanted) {
    int sorted = wanted.size();
    for (Branch branch : branches) {
      sorted = Math.min(sorted, branch.sortedBy(wanted));
    }
    List<Node> nodes = branches.stream().map(Branch::node).toList();
    return new Node.Gather(nodes, nodes.get(0).columns(), List.copyOf(wanted.subList(0, sorted)));
  }

  /** The sort keys for columns that exist, lowest first; of some the texts ignore case. */
  static List<SortKey> ascending(List<String> names, List<Column> columns, Set<String> folded) {
    Scope scope = new Scope(columns);
    return names.stream()
        .map(name -> columns.get(scope.indexOf(name)))
        .map(column -> key(column, folded.contains(column.name()), false))
        .toList();
  }

  /** Notes a list that is to order, group or identify rows, which it cannot. */
  static boolean isList(Column column, String key, Planning planning) {
    if (column.type() == ColumnType.LIST) {
      planning.problem(
          key,
          "column '%s' is a list and cannot stand here; count its rows instead"
              .formatted(column.name()));
    }
    return column.type() == ColumnType.LIST;
  }

  static SortKey key(Column column, boolean folded, boolean descending) {
    return new SortKey(
        column.name(),
        descending ? SortKey.Direction.DESCENDING : SortKey.Direction.ASCENDING,
        folded ? Comparison.FOLDED : SortKey.comparisonOf(column.type()));
  }

  /** How the columns of a key compare. */
  static List<Comparison> compared(List<SortKey> key) {
    return key.stream().map(SortKey::comparison).toList();
  }

  /** Notes columns whose case cannot be ignored. */
  static void checkFolded(
      List<SortKey> keys, List<Column> columns, String line, Planning planning) {
    Scope scope = new Scope(columns);
    for (SortKey key : keys) {
      ColumnType type = columns.get(scope.indexOf(key.column())).type();
      if (key.comparison() == Comparison.FOLDED && type != ColumnType.TEXT) {
        planning.problem(
            line,
            "column '%s' is %s; only texts can ignore case"
                .formatted(key.column(), Conversion.word(type)));
      }
    }
  }
}
