package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.definition.Body;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.Definition.OrderItem;
import io.bindery.aggregate.internal.expression.Compiler;
import io.bindery.aggregate.internal.expression.Conversion;
import io.bindery.aggregate.internal.expression.Equality;
import io.bindery.aggregate.internal.expression.FormulaException;
import io.bindery.aggregate.internal.expression.Nearest;
import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.source.Column;
import io.bindery.source.SortKey;
import io.bindery.source.SortKey.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What comes after the body of any aggregate: where, distinct, select, parameters, order, limit. An
 * order is taken from the body as far as it comes without sorting.
 */
final class Finish {
  private final Planning planning;
  private final Definition definition;
  private final Memory memory;

  Finish(Planning planning, Definition definition, Memory memory) {
    this.planning = planning;
    this.definition = definition;
    this.memory = memory;
  }

  Answer of(Prepared body) {
    Scope rows = new Scope(body.columns());
    List<Value> items = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    select(body, rows, items, columns);
    int visible = columns.size();
    List<SortKey> order = order(rows, items, columns);
    List<SortKey> page = page(body, order, items, columns);
    if (!page.isEmpty()) {
      order = page;
    }
    Node node = body.rows().in(names(order, columns, items, rows));
    node = filtered(node, rows);
    node = distinct(node, rows, names(order, columns, items, rows), order.size());
    node = projected(node, items, columns);
    node = narrowed(node, columns.subList(0, visible));
    return new Answer(ended(node, order, page), List.copyOf(columns.subList(0, visible)), page);
  }

  /** The rows in order, and of them those that the definition and the run want. */
  private Node ended(Node rows, List<SortKey> order, List<SortKey> page) {
    Node node = rows;
    List<@Nullable Object> position = position(node, page);
    boolean cut = definition.offset() > 0 || definition.limit() < Long.MAX_VALUE;
    long wanted = wanted(page);
    if (position != null && !cut) {
      node = new Node.After(node, page, position);
    }
    long last = position != null && cut ? definition.limit() : Math.min(wanted, definition.limit());
    node = sort(node, order, Node.Slice.reach(definition.offset(), last));
    if (definition.offset() > 0 || last < Long.MAX_VALUE) {
      node = new Node.Slice(node, definition.offset(), last);
    }
    if (position != null && cut) {
      node = new Node.After(node, page, position);
      node = wanted < Long.MAX_VALUE ? new Node.Slice(node, 0, wanted) : node;
    }
    return node;
  }

  /** How many rows the run wants; one more where that tells whether there is a next page. */
  private long wanted(List<SortKey> page) {
    long limit = planning.outermost() ? planning.options.limit() : Long.MAX_VALUE;
    return page.isEmpty() || limit == 0 || limit == Long.MAX_VALUE ? limit : limit + 1;
  }

  private @Nullable List<@Nullable Object> position(Node node, List<SortKey> page) {
    String token = planning.options.after();
    if (token == null || page.isEmpty()) {
      return null;
    }
    try {
      return PageToken.decoded(token)
          .position(definition.name(), node.columns(), page, planning.parameters);
    } catch (FormulaException e) {
      planning.problem("after", String.valueOf(e.getMessage()));
      return null;
    }
  }

  /**
   * The order that tells all rows apart, when the run asks for pages: that of the definition and
   * what is missing of a unique key. Without an order in the definition, one in which rows come
   * anyway. Empty when there is none.
   */
  private List<SortKey> page(
      Prepared body, List<SortKey> order, List<Value> items, List<Column> columns) {
    boolean continues = planning.options.after() != null;
    boolean ends = planning.options.limit() > 0 && planning.options.limit() < Long.MAX_VALUE;
    if (!planning.outermost() || !(continues || ends)) {
      return List.of();
    }
    Pages pages = new Pages(definition, body);
    List<SortKey> total = pages.total(order, items, columns);
    if (total.isEmpty() && continues) {
      planning.problem(
          "after",
          order.isEmpty()
              ? "the aggregate has no order, so there are no pages; add order = ..."
              : order.stream().anyMatch(key -> key.comparison() == Comparison.FOLDED)
                  ? "an order that ignores case has no pages; order by the spelling"
                  : "no columns are known that tell all rows apart, so there are no pages; name a"
                      + " unique column in order, or declare the key of each source");
    }
    return total;
  }

  private void select(Prepared body, Scope rows, List<Value> items, List<Column> columns) {
    boolean grouped = definition.body() instanceof Body.Group;
    if (definition.select().isEmpty() || grouped) {
      for (int i = 0; i < body.visible(); i++) {
        Column column = body.columns().get(i);
        items.add(ColumnValue.of(i, column));
        columns.add(column);
      }
      return;
    }
    Compiler compiler = Compiler.overRows(rows);
    for (Definition.SelectItem item : definition.select()) {
      try {
        Value value = compiler.compile(item.formula());
        items.add(value);
        columns.add(new Column(item.name(), value.type(), value.nullable()));
      } catch (FormulaException e) {
        planning.problem("select", item, e);
      }
    }
  }

  /** The order by the names of the answer; columns that it does not have come behind the others. */
  private List<SortKey> order(Scope rows, List<Value> items, List<Column> columns) {
    List<SortKey> order = new ArrayList<>();
    for (OrderItem item : definition.order()) {
      int index = new Scope(columns).indexOf(item.column());
      if (index < 0 && rows.indexOf(item.column()) >= 0) {
        Column hidden = rows.columns().get(rows.indexOf(item.column()));
        items.add(ColumnValue.of(rows.indexOf(item.column()), hidden));
        columns.add(hidden);
        index = columns.size() - 1;
      }
      if (index < 0 && planning.isLost(item.column())) {
        continue;
      }
      if (index < 0) {
        TreeSet<String> known = new TreeSet<>(rows.names());
        columns.forEach(column -> known.add(column.name()));
        planning.problem("order", Nearest.unknown("column", item.column(), known));
      } else if (!Alignment.isList(columns.get(index), "order", planning)) {
        order.add(Alignment.key(columns.get(index), item.folded(), item.descending()));
      }
    }
    Alignment.checkFolded(order, columns, "order", planning);
    return order;
  }

  /** The order by the names of the body, up to the first column that is worked out. */
  static List<SortKey> names(
      List<SortKey> order, List<Column> columns, List<Value> items, Scope rows) {
    List<SortKey> names = new ArrayList<>();
    for (SortKey key : order) {
      if (!(items.get(new Scope(columns).indexOf(key.column())) instanceof ColumnValue column)) {
        break;
      }
      String name = rows.columns().get(column.index()).name();
      names.add(new SortKey(name, key.direction(), key.comparison()));
    }
    return names;
  }

  private Node filtered(Node node, Scope rows) {
    if (definition.where() == null || definition.body() instanceof Body.Group) {
      return node;
    }
    try {
      return new Node.Where(node, Compiler.overRows(rows).condition(definition.where()), false);
    } catch (FormulaException e) {
      if (!planning.isLost(definition.where())) {
        planning.problem("where", String.valueOf(e.getMessage()));
      }
      return node;
    }
  }

  /** The row that stays is the first by the order, where it can be told before the select. */
  private Node distinct(Node node, Scope rows, List<SortKey> order, int wanted) {
    if (!(definition.body() instanceof Body.Union union) || union.distinct().isEmpty()) {
      return node;
    }
    List<Integer> key = new ArrayList<>();
    List<SortKey> compared = new ArrayList<>();
    for (String column : union.distinct()) {
      if (planning.isLost(column)) {
        continue;
      }
      if (rows.indexOf(column) < 0) {
        planning.problem("distinct", Nearest.unknown("column", column, rows.names()));
      } else if (!Alignment.isList(
          rows.columns().get(rows.indexOf(column)), "distinct", planning)) {
        key.add(rows.indexOf(column));
        Column found = rows.columns().get(rows.indexOf(column));
        compared.add(Alignment.key(found, definition.folded().contains(column), false));
      }
    }
    Alignment.checkFolded(compared, rows.columns(), "distinct", planning);
    Node sorted = order.size() == wanted ? sort(node, order, Long.MAX_VALUE) : node;
    return new Node.Distinct(sorted, key, Alignment.compared(compared), memory);
  }

  private static Node projected(Node node, List<Value> items, List<Column> columns) {
    if (columns.equals(node.columns()) && unchanged(items)) {
      return node;
    }
    List<SortKey> order = new ArrayList<>();
    for (SortKey key : node.order()) {
      int from = new Scope(node.columns()).indexOf(key.column());
      int to = -1;
      for (int i = 0; i < items.size() && to < 0; i++) {
        to = items.get(i) instanceof ColumnValue column && column.index() == from ? i : -1;
      }
      if (to < 0) {
        break;
      }
      order.add(new SortKey(columns.get(to).name(), key.direction(), key.comparison()));
    }
    return new Node.Project(node, items, List.copyOf(columns), order);
  }

  private static boolean unchanged(List<Value> items) {
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof ColumnValue column) || column.index() != i) {
        return false;
      }
    }
    return true;
  }

  /** Checks parameters again that are columns of the answer that a person asked for. */
  private Node narrowed(Node node, List<Column> columns) {
    if (!planning.outermost()) {
      return node;
    }
    Node narrowed = node;
    for (Map.Entry<String, String> parameter : planning.parameters.entrySet()) {
      int index = new Scope(columns).indexOf(parameter.getKey());
      if (index >= 0) {
        Column column = columns.get(index);
        try {
          Object value = Conversion.parse(parameter.getValue(), column.type());
          narrowed = new Node.Where(narrowed, Equality.of(index, column, value), true);
        } catch (FormulaException e) {
          planning.problem("parameter '" + parameter.getKey() + "'", "" + e.getMessage());
        }
      }
    }
    return narrowed;
  }

  private Node sort(Node node, List<SortKey> order, long keep) {
    int presorted = Branch.sortedBy(node.order(), order, false);
    return presorted == order.size() ? node : new Node.Sort(node, order, presorted, keep, memory);
  }
}
