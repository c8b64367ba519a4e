package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.expression.Accumulator;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups rows in a table, in the order in which the groups first appear. */
final class HashGroupReader extends HeldReader {
  private static final String REMEDY =
      "let each source yield its rows ordered by the group's columns and declare it";

  private final Node.Group node;
  private final RowReader input;
  private final int[] key;
  private final Budget budget;
  private @Nullable Iterator<GroupState> groups;

  HashGroupReader(Node.Group node, RowReader input, Budget budget) {
    super(node.columns(), List.of(input));
    this.node = node;
    this.input = input;
    this.key = node.key().stream().mapToInt(Integer::intValue).toArray();
    this.budget = budget;
  }

  @Override
  @Nullable Object @Nullable [] produce() {
    Iterator<GroupState> left = groups;
    if (left == null) {
      left = read().values().iterator();
      groups = left;
    }
    return left.hasNext() ? left.next().row() : null;
  }

  private Map<HashKey, GroupState> read() {
    Map<HashKey, GroupState> table = new LinkedHashMap<>();
    while (input.next()) {
      HashKey found = HashKey.of(input, key);
      GroupState group = table.get(found);
      if (group == null) {
        group = new GroupState(input, key, node.calls());
        budget.take(found.bytes() + group.bytes(), "grouping", REMEDY);
        table.put(found, group);
      }
      for (Accumulator accumulator : group.accumulators()) {
        accumulator.add(input);
      }
    }
    input.close();
    return table;
  }
}
