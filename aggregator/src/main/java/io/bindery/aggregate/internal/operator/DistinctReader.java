package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.held.Budget;
import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.aggregate.internal.held.KeyTable;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.error.BinderyException;
import io.bindery.source.RowReader;
import java.util.List;

/** The first row of each key, holding the keys that were seen. */
final class DistinctReader extends PassingReader {
  private final RowReader input;
  private final KeyBytes key;
  private final Budget budget;
  private final KeyTable seen;

  DistinctReader(Node.Distinct node, RowReader input, Budget budget) {
    super(node.columns(), List.of(input));
    this.input = input;
    this.key = Rows.key(node.key(), node.compared(), node);
    this.budget = budget;
    this.seen = new KeyTable(key, 0, budget, budget, this::refusal);
  }

  @Override
  public boolean next() {
    while (input.next()) {
      if (!seen.find(key.read(input))) {
        if (!seen.add(key, input)) {
          throw refusal();
        }
        return true;
      }
    }
    return false;
  }

  private BinderyException refusal() {
    return budget.refusal("distinct", seen.size(), "narrow what is read by where or parameters");
  }

  @Override
  RowReader current() {
    return input;
  }

  @Override
  public void close() {
    super.close();
    seen.clear();
  }
}
