package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.held.Budget;
import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.aggregate.internal.held.KeyTable;
import io.bindery.aggregate.internal.held.SpillingRows;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.error.BinderyException;
import io.bindery.source.RowReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows in a table, in the order in which the groups first appear. When the table is full and
 * the aggregate may write to the disk, rows of further groups are put aside, sorted, and grouped
 * when the table is done with.
 */
final class HashGroupReader extends HeldReader {
  private static final String REMEDY =
      "let each source yield its rows ordered by the group's columns and declare it";

  private final Node.Group node;
  private final RowReader input;
  private final KeyBytes key;
  private final Totals totals;
  private final Budget budget;
  private final KeyTable table;
  private final SpillingRows aside;
  private @Nullable HeldReader others;
  private boolean loaded;

  HashGroupReader(Node.Group node, RowReader input, Budget budget) {
    super(node.columns(), List.of(input));
    this.node = node;
    this.input = input;
    this.key = Rows.key(node.key(), node.compared(), node.input());
    this.totals = new Totals(node.calls());
    this.budget = budget;
    Budget keys = budget.spills() ? budget.part(2) : budget;
    this.table = new KeyTable(key, totals.slots(), keys, budget, this::refusal);
    this.aside = new SpillingRows(key.fresh(), node.input().columns().size(), budget.part(4));
  }

  @Override
  @Nullable Object @Nullable [] produce() {
    if (!loaded) {
      loaded = true;
      load();
    }
    if (table.walk()) {
      return totals.row(table.key(), table, 0);
    }
    if (others == null) {
      table.clear();
      aside.sort();
      others = new OrderedGroupReader(node, new RowsReader(node.input().columns(), aside));
    }
    return others.produce();
  }

  private void load() {
    while (input.next()) {
      if (table.find(key.read(input))
          || (aside.count() == 0 && !budget.isCrowded() && table.add(key, input))) {
        totals.add(input, table, 0);
      } else if (!budget.spills() || !aside.add(input)) {
        throw refusal();
      }
    }
    input.close();
  }

  private BinderyException refusal() {
    return budget.refusal("grouping", table.size() + aside.count(), REMEDY);
  }

  @Override
  public void close() {
    super.close();
    table.clear();
    aside.clear();
  }
}
