package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.definition.Body.Join;
import io.bindery.aggregate.internal.held.HeapSlots;
import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges sides that are ordered by the key, holding what one key has come to. */
final class OrderedMergeReader extends HeldReader {
  private final List<Head> heads = new ArrayList<>();
  private final Join join;
  private final MergedRow merged;
  private final HeapSlots slots;
  private final KeyBytes current;
  private boolean started;

  OrderedMergeReader(Node.Merge node, List<RowReader> inputs, List<Contributor> sides) {
    super(node.columns(), inputs);
    this.join = node.join();
    this.merged = new MergedRow(sides, node.join(), node.columns().size());
    this.slots = new HeapSlots(merged.slots());
    for (int i = 0; i < inputs.size(); i++) {
      heads.add(new Head(inputs.get(i), sides.get(i), merged.slot(i), node));
    }
    this.current = heads.get(0).key.fresh();
  }

  @Override
  @Nullable Object @Nullable [] produce() {
    if (!started) {
      started = true;
      heads.forEach(Head::advance);
    }
    while (!done()) {
      Head lowest = lowest();
      if (lowest == null) {
        break;
      }
      @Nullable Object[] key = lowest.key.values(lowest.input);
      slots.clear();
      if (lowest.key.hasNull()) {
        lowest.contribute(slots);
      } else {
        current.set(lowest.key);
        for (Head head : heads) {
          while (head.ahead && head.key.compareTo(current) == 0) {
            head.contribute(slots);
          }
        }
      }
      if (merged.stays(slots)) {
        return merged.of(key, slots, null);
      }
    }
    close();
    return null;
  }

  /** Whether no further key can stay. */
  private boolean done() {
    switch (join) {
      case FULL:
        return false;
      case LEFT:
        return !heads.get(0).ahead;
      default:
        for (Head head : heads) {
          if (!head.ahead) {
            return true;
          }
        }
        return false;
    }
  }

  private @Nullable Head lowest() {
    Head lowest = null;
    for (Head head : heads) {
      if (head.ahead && (lowest == null || head.key.compareTo(lowest.key) < 0)) {
        lowest = head;
      }
    }
    return lowest;
  }

  private static final class Head {
    final RowReader input;
    final Contributor contributor;
    final int slot;
    final KeyBytes key;
    boolean ahead;

    Head(RowReader input, Contributor contributor, int slot, Node.Merge node) {
      this.input = input;
      this.contributor = contributor;
      this.slot = slot;
      this.key = contributor.key(node.columns(), node.compared());
    }

    /** Adds the row to what its key comes to, and goes to the next. */
    void contribute(HeapSlots slots) {
      contributor.add(input, slots, slot);
      advance();
    }

    void advance() {
      ahead = input.next();
      if (ahead) {
        key.read(input);
      }
    }
  }
}
