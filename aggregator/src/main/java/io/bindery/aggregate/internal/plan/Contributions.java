package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.definition.Body;
import io.bindery.aggregate.internal.definition.Definition.OrderItem;
import io.bindery.aggregate.internal.definition.Definition.SelectItem;
import io.bindery.aggregate.internal.expression.AggregateCall;
import io.bindery.aggregate.internal.expression.Compiler;
import io.bindery.aggregate.internal.expression.FormulaException;
import io.bindery.aggregate.internal.expression.Nearest;
import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.aggregate.internal.plan.Node.Contribution;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what one side contributes to a merge. For one side. */
final class Contributions {
  private final Planning planning;
  private final List<String> key;
  private final List<OrderItem> order;
  private final Memory memory;
  private final String name;
  private final List<Column> columns = new ArrayList<>();

  Contributions(Planning planning, Body.Merge merge, String name, Memory memory) {
    this.planning = planning;
    this.key = merge.key();
    this.order = merge.orders().getOrDefault(name, List.of());
    this.memory = memory;
    this.name = name;
  }

  /** The columns that are contributed, known after {@link #of}. */
  List<Column> columns() {
    return columns;
  }

  Contribution of(@Nullable Node node, @Nullable List<SelectItem> selected) {
    if (node == null) {
      return absent(selected == null ? List.of() : selected);
    }
    Scope rows = new Scope(node.columns());
    if (selected == null) {
      List<Value> values = new ArrayList<>();
      for (int index : others(node, key)) {
        Column column = rows.columns().get(index);
        values.add(ColumnValue.of(index, column));
        columns.add(column);
      }
      return new Contribution(false, List.of(), values, rows.indexOf(Branch.BIND_KEY));
    }
    boolean sums = selected.stream().anyMatch(item -> item.formula().aggregates());
    List<Column> keyColumns =
        key.stream().map(column -> rows.columns().get(rows.indexOf(column))).toList();
    Compiler compiler =
        sums ? Compiler.overGroups(new Scope(keyColumns), rows) : Compiler.overRows(rows);
    List<Value> values = compile(compiler, selected);
    List<AggregateCall> calls = listed(compiler.calls(), rows);
    return new Contribution(sums, calls, values, sums ? -1 : rows.indexOf(Branch.BIND_KEY));
  }

  /** The calls, lists being in the order that the definition gives them. */
  private List<AggregateCall> listed(List<AggregateCall> calls, Scope rows) {
    List<ColumnValue> sortedBy = new ArrayList<>();
    List<SortKey> keys = new ArrayList<>();
    if (!order.isEmpty() && calls.stream().allMatch(call -> call.list() == null)) {
      planning.problem(
          "order." + name,
          "there is no list to order; write select.%s = list(...)".formatted(name));
    }
    for (OrderItem item : order) {
      int index = rows.indexOf(item.column());
      if (index < 0) {
        planning.problem("order." + name, Nearest.unknown("column", item.column(), rows.names()));
      } else if (!Alignment.isList(rows.columns().get(index), "order." + name, planning)) {
        sortedBy.add(ColumnValue.of(index, rows.columns().get(index)));
        keys.add(Alignment.key(rows.columns().get(index), item.folded(), item.descending()));
      }
    }
    return calls.stream()
        .map(call -> call.listed(sortedBy, keys, memory.aggregate(), memory.limit()))
        .toList();
  }

  private List<Value> compile(Compiler compiler, List<SelectItem> selected) {
    List<Value> values = new ArrayList<>();
    for (SelectItem item : selected) {
      try {
        Value value = compiler.compile(item.formula());
        values.add(value);
        columns.add(new Column(item.name(), value.type(), value.nullable()));
      } catch (FormulaException e) {
        planning.problem("select." + name, item, e);
      }
    }
    return values;
  }

  /** Of a source that nobody offers only the names are known. */
  private Contribution absent(List<SelectItem> selected) {
    List<Value> values = new ArrayList<>();
    for (SelectItem item : selected) {
      boolean counts = item.formula().text().startsWith("count(");
      boolean lists = item.formula().text().startsWith("list(");
      ColumnType type = counts ? ColumnType.INTEGER : lists ? ColumnType.LIST : ColumnType.TEXT;
      values.add(new Value.Literal(type, null));
      columns.add(new Column(item.name(), type, true));
    }
    return new Contribution(false, List.of(), values, -1);
  }

  /** The columns besides the key and the bind's key. */
  static List<Integer> others(Node node, List<String> key) {
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < node.columns().size(); i++) {
      String column = node.columns().get(i).name();
      if (!key.contains(column) && !column.equals(Branch.BIND_KEY)) {
        others.add(i);
      }
    }
    return others;
  }
}
