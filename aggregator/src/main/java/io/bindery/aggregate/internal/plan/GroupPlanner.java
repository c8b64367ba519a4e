package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.definition.Body;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.expression.AggregateCall;
import io.bindery.aggregate.internal.expression.Compiler;
import io.bindery.aggregate.internal.expression.Formula;
import io.bindery.aggregate.internal.expression.FormulaException;
import io.bindery.aggregate.internal.expression.Nearest;
import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.source.Column;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans a group. For one group. */
final class GroupPlanner {
  private final Planning planning;
  private final Body.Group group;
  private final Definition definition;
  private final Memory memory;

  GroupPlanner(Planning planning, Body.Group group, Definition definition, Memory memory) {
    this.planning = planning;
    this.group = group;
    this.definition = definition;
    this.memory = memory;
  }

  @Nullable Prepared plan(Prepared input) {
    Scope rows = new Scope(input.columns());
    List<String> known = known(rows);
    List<SortKey> wanted = Alignment.ascending(known, input.columns(), definition.folded());
    Alignment.checkFolded(wanted, input.columns(), "group", planning);
    Node node = where(input.rows().in(wanted), rows);
    List<Integer> key = known.stream().map(rows::indexOf).toList();
    List<Column> keyColumns = key.stream().map(rows.columns()::get).toList();
    Compiler compiler = Compiler.overGroups(new Scope(keyColumns), rows);
    List<Value> items = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < keyColumns.size(); i++) {
      Column column = keyColumns.get(i);
      if (definition.select().stream().noneMatch(item -> item.name().equals(column.name()))) {
        items.add(ColumnValue.of(i, column));
        columns.add(column);
      }
    }
    for (Definition.SelectItem item : definition.select()) {
      try {
        Value value = compiler.compile(item.formula());
        items.add(value);
        columns.add(new Column(item.name(), value.type(), value.nullable()));
      } catch (FormulaException e) {
        planning.problem("select", item, e);
      }
    }
    List<AggregateCall> calls =
        compiler.calls().stream()
            .map(call -> call.listed(List.of(), List.of(), memory.aggregate(), memory.limit()))
            .toList();
    String read = group.input().name();
    PreGrouping.Counted counted =
        new PreGrouping(planning, memory, read, planning.grouped(definition, read))
            .of(node, key, calls, List.of());
    node = counted.node();
    boolean ordered = Branch.sortedBy(node.order(), wanted, false) == wanted.size();
    Node grouped =
        new Node.Group(
            node,
            key,
            Alignment.compared(wanted),
            counted.calls(),
            ordered,
            groupColumns(keyColumns, calls),
            ordered ? wanted : List.of(),
            memory);
    return Prepared.of(
        new Node.Project(grouped, items, columns, kept(grouped.order(), columns)), columns.size());
  }

  private List<String> known(Scope rows) {
    List<String> known = new ArrayList<>();
    for (String column : group.columns()) {
      if (planning.isLost(column)) {
        continue;
      }
      if (rows.indexOf(column) < 0) {
        planning.problem("group", Nearest.unknown("column", column, rows.names()));
      } else if (!Alignment.isList(rows.columns().get(rows.indexOf(column)), "group", planning)) {
        known.add(column);
      }
    }
    return known;
  }

  /** Advice for those who filter groups where only rows can be filtered. */
  private String computed(Formula where, Scope rows) {
    return definition.select().stream()
        .map(Definition.SelectItem::name)
        .filter(name -> rows.indexOf(name) < 0 && where.names(name))
        .findFirst()
        .map(
            name ->
                "; '%s' is worked out for each group: filter it in an aggregate that reads this"
                        .formatted(name)
                    + " one by 'from'")
        .orElse("");
  }

  private Node where(Node node, Scope rows) {
    if (definition.where() == null) {
      return node;
    }
    try {
      return new Node.Where(node, Compiler.overRows(rows).condition(definition.where()), false);
    } catch (FormulaException e) {
      if (!planning.isLost(definition.where())) {
        planning.problem("where", e.getMessage() + computed(definition.where(), rows));
      }
      return node;
    }
  }

  private static List<Column> groupColumns(List<Column> key, List<AggregateCall> calls) {
    List<Column> columns = new ArrayList<>(key);
    for (AggregateCall call : calls) {
      columns.add(new Column(call.kind().word() + columns.size(), call.type(), call.nullable()));
    }
    return columns;
  }

  /** The order under the names of the answer: a column that is selected anew ends it. */
  private List<SortKey> kept(List<SortKey> order, List<Column> columns) {
    Scope scope = new Scope(columns);
    return order.stream()
        .takeWhile(
            key ->
                scope.indexOf(key.column()) >= 0
                    && definition.select().stream()
                        .noneMatch(item -> item.name().equals(key.column())))
        .toList();
  }
}
