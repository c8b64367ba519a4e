package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.definition.Definition.SelectItem;
import io.bindery.aggregate.internal.expression.AggregateCall;
import io.bindery.aggregate.internal.expression.Compiler;
import io.bindery.aggregate.internal.expression.FormulaException;
import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.aggregate.internal.plan.Node.Contribution;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what one side contributes to a merge. For one side. */
final class Contributions {
  private final Planning planning;
  private final List<String> key;
  private final String name;
  private final List<Column> columns = new ArrayList<>();

  Contributions(Planning planning, List<String> key, String name) {
    this.planning = planning;
    this.key = key;
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
    List<AggregateCall> calls = compiler.calls();
    return new Contribution(sums, calls, values, sums ? -1 : rows.indexOf(Branch.BIND_KEY));
  }

  private List<Value> compile(Compiler compiler, List<SelectItem> selected) {
    List<Value> values = new ArrayList<>();
    for (SelectItem item : selected) {
      try {
        Value value = compiler.compile(item.formula());
        values.add(value);
        columns.add(new Column(item.name(), value.type(), value.nullable()));
      } catch (FormulaException e) {
        planning.problem("select." + name, String.valueOf(e.getMessage()));
      }
    }
    return values;
  }

  /** Of a source that nobody offers only the names are known. */
  private Contribution absent(List<SelectItem> selected) {
    List<Value> values = new ArrayList<>();
    for (SelectItem item : selected) {
      boolean counts = item.formula().text().startsWith("count(");
      ColumnType type = counts ? ColumnType.INTEGER : ColumnType.TEXT;
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
