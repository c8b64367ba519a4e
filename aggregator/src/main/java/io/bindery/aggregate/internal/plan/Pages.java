package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.definition.Body;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.source.Column;
import io.bindery.source.SortKey;
import io.bindery.source.SortKey.Comparison;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the order in which an answer can be read page by page. For one aggregate. */
final class Pages {
  private final Definition definition;
  private final Prepared body;

  Pages(Definition definition, Prepared body) {
    this.definition = definition;
    this.body = body;
  }

  /**
   * The order with what it lacks to tell all rows apart; empty when that is not known, or when it
   * ignores case, as sources begin to read at a spelling. Columns that the answer does not have are
   * added behind it.
   */
  List<SortKey> total(List<SortKey> order, List<Value> items, List<Column> columns) {
    Scope rows = new Scope(body.columns());
    List<Integer> key = key(rows);
    if (key == null || order.stream().anyMatch(by -> by.comparison() == Comparison.FOLDED)) {
      return List.of();
    }
    List<Value> allItems = new ArrayList<>(items);
    List<Column> allColumns = new ArrayList<>(columns);
    List<SortKey> total = new ArrayList<>(order);
    for (int index : key) {
      int at = place(index, allItems);
      if (at < 0) {
        at = allItems.size();
        Column column = rows.columns().get(index);
        boolean taken = new Scope(allColumns).indexOf(column.name()) >= 0;
        allItems.add(ColumnValue.of(index, column));
        allColumns.add(
            taken ? new Column("key:" + column.name(), column.type(), column.nullable()) : column);
      }
      String name = allColumns.get(at).name();
      if (total.stream().noneMatch(sorted -> sorted.column().equals(name))) {
        total.add(Alignment.key(allColumns.get(at), false, false));
      }
    }
    if (order.isEmpty() && !comes(total, allItems, allColumns, rows)) {
      return List.of();
    }
    items.addAll(allItems.subList(items.size(), allItems.size()));
    columns.addAll(allColumns.subList(columns.size(), allColumns.size()));
    return total;
  }

  private @Nullable List<Integer> key(Scope rows) {
    if (definition.body() instanceof Body.Union union && !union.distinct().isEmpty()) {
      List<Integer> key = union.distinct().stream().map(rows::indexOf).toList();
      return key.contains(-1) ? null : key;
    }
    return UniqueKey.of(body.rows().in(List.of()));
  }

  private static int place(int index, List<Value> items) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof ColumnValue column && column.index() == index) {
        return i;
      }
    }
    return -1;
  }

  /** Whether rows come in an order without being sorted. */
  private boolean comes(List<SortKey> order, List<Value> items, List<Column> columns, Scope rows) {
    List<SortKey> names = Finish.names(order, columns, items, rows);
    List<SortKey> given = body.rows().in(names).order();
    return Branch.sortedBy(given, names, false) == order.size();
  }
}
