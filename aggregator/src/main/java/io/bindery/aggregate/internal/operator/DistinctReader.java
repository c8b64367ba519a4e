package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.held.Budget;
import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.aggregate.internal.held.KeyTable;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first row of each key, holding the keys that were seen. When the table is full and the
 * aggregate may write to the disk, rows of further keys are put aside, and given when the input is
 * done with.
 */
final class DistinctReader extends PassingReader {
  private final RowReader input;
  private final KeyBytes key;
  private final Budget budget;
  private final KeyTable seen;
  private final Firsts aside;
  private @Nullable RowReader others;

  DistinctReader(Node.Distinct node, RowReader input, Budget budget) {
    super(node.columns(), List.of(input));
    this.input = input;
    this.key = Rows.key(node.key(), node.compared(), node);
    this.budget = budget;
    this.seen = new KeyTable(key, budget.spills() ? budget.part(2) : budget);
    this.aside = new Firsts(node, input, budget);
  }

  @Override
  public boolean next() {
    while (others == null && input.next()) {
      if (seen.find(key.read(input))) {
        continue;
      }
      if (aside.isEmpty() && seen.add(key, input)) {
        return true;
      }
      if (!budget.spills() || !aside.add()) {
        throw budget.refusal(
            "distinct", seen.size() + aside.count(), "narrow what is read by where or parameters");
      }
    }
    if (others == null) {
      input.close();
      seen.clear();
      others = aside.sorted();
    }
    return others.next();
  }

  @Override
  RowReader current() {
    return others == null ? input : others;
  }

  @Override
  public void close() {
    super.close();
    seen.clear();
    aside.clear();
  }
}
