package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The first row of each key, holding the keys that were seen. */
final class DistinctReader extends PassingReader {
  private final RowReader input;
  private final int[] key;
  private final Budget budget;
  private final Set<HashKey> seen = new HashSet<>();

  DistinctReader(Node.Distinct node, RowReader input, Budget budget) {
    super(node.columns(), List.of(input));
    this.input = input;
    this.key = node.key().stream().mapToInt(Integer::intValue).toArray();
    this.budget = budget;
  }

  @Override
  public boolean next() {
    while (input.next()) {
      HashKey found = HashKey.of(input, key);
      if (seen.add(found)) {
        budget.take(found.bytes(), "distinct", "narrow what is read by where or parameters");
        return true;
      }
    }
    return false;
  }

  @Override
  RowReader current() {
    return input;
  }
}
