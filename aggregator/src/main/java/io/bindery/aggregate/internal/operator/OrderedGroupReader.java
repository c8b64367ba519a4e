package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.expression.Accumulator;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows of which those of a group lie side by side, holding one group. Without columns to
 * group by, all rows are one group, also when there is none.
 */
final class OrderedGroupReader extends HeldReader {
  private final Node.Group node;
  private final RowReader input;
  private final int[] key;
  private boolean started;
  private boolean ahead;
  private @Nullable HashKey aheadKey;

  OrderedGroupReader(Node.Group node, RowReader input) {
    super(node.columns(), List.of(input));
    this.node = node;
    this.input = input;
    this.key = node.key().stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  @Nullable Object @Nullable [] produce() {
    boolean first = !started;
    if (first) {
      started = true;
      advance();
    }
    if (!ahead) {
      return first && key.length == 0 ? new GroupState(node.calls()).row() : null;
    }
    GroupState group = new GroupState(input, key, node.calls());
    HashKey current = aheadKey;
    while (ahead && current != null && current.equals(aheadKey)) {
      for (Accumulator accumulator : group.accumulators()) {
        accumulator.add(input);
      }
      advance();
    }
    return group.row();
  }

  private void advance() {
    ahead = input.next();
    if (ahead) {
      aheadKey = HashKey.of(input, key);
    } else {
      input.close();
    }
  }
}
