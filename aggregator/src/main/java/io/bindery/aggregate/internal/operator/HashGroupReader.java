package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.held.Budget;
import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.aggregate.internal.held.KeyTable;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.error.BinderyException;
import io.bindery.source.RowReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups rows in a table, in the order in which the groups first appear. */
final class HashGroupReader extends HeldReader {
  private static final String REMEDY =
      "let each source yield its rows ordered by the group's columns and declare it";

  private final RowReader input;
  private final KeyBytes key;
  private final Totals totals;
  private final Budget budget;
  private final KeyTable table;
  private boolean loaded;

  HashGroupReader(Node.Group node, RowReader input, Budget budget) {
    super(node.columns(), List.of(input));
    this.input = input;
    this.key = Rows.key(node.key(), node.input());
    this.totals = new Totals(node.calls());
    this.budget = budget;
    this.table = new KeyTable(key, totals.slots(), budget, this::refusal);
  }

  @Override
  @Nullable Object @Nullable [] produce() {
    if (!loaded) {
      loaded = true;
      load();
    }
    return table.walk() ? totals.row(table.key(), table, 0) : null;
  }

  private void load() {
    while (input.next()) {
      if (!table.find(key.read(input)) && !table.add(key, input)) {
        throw refusal();
      }
      totals.add(input, table, 0);
    }
    input.close();
  }

  private BinderyException refusal() {
    return budget.refusal("grouping", table.size(), REMEDY);
  }

  @Override
  public void close() {
    super.close();
    table.clear();
  }
}
