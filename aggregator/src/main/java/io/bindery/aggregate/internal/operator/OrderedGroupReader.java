package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.held.HeapSlots;
import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows of which those of a group lie side by side, holding one group. Without columns to
 * group by, all rows are one group, also when there is none.
 */
final class OrderedGroupReader extends HeldReader {
  private final RowReader input;
  private final KeyBytes next;
  private final KeyBytes current;
  private final Totals totals;
  private final HeapSlots slots;
  private final boolean whole;
  private boolean started;
  private boolean ahead;

  OrderedGroupReader(Node.Group node, RowReader input) {
    super(node.columns(), List.of(input));
    this.input = input;
    this.next = Rows.key(node.key(), node.compared(), node.input());
    this.current = next.fresh();
    this.totals = new Totals(node.calls());
    this.slots = new HeapSlots(totals.slots());
    this.whole = node.key().isEmpty();
  }

  @Override
  @Nullable Object @Nullable [] produce() {
    boolean first = !started;
    if (first) {
      started = true;
      advance();
    }
    if (!ahead) {
      return first && whole ? totals.row(new Object[0], slots, 0) : null;
    }
    @Nullable Object[] key = next.values(input);
    current.set(next);
    slots.clear();
    while (ahead && next.sameAs(current)) {
      totals.add(input, slots, 0);
      advance();
    }
    return totals.row(key, slots, 0);
  }

  private void advance() {
    ahead = input.next();
    if (ahead) {
      next.read(input);
    } else {
      input.close();
    }
  }
}
