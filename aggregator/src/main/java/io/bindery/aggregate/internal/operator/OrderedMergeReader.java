package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.definition.Body.Join;
import io.bindery.aggregate.internal.operator.Contributor.Part;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges sides that are ordered by the key, holding what one key has come to. */
final class OrderedMergeReader extends HeldReader {
  private final List<Head> heads = new ArrayList<>();
  private final Keyed compared;
  private final Join join;
  private final MergedRow merged;
  private boolean started;

  OrderedMergeReader(Node.Merge node, List<RowReader> inputs, List<Contributor> sides) {
    super(node.columns(), inputs);
    this.join = node.join();
    this.merged = new MergedRow(sides, node.join(), node.columns().size());
    List<SortKey> order = node.order();
    this.compared = new Keyed(new int[0], order);
    for (int i = 0; i < inputs.size(); i++) {
      heads.add(new Head(inputs.get(i), sides.get(i), order));
    }
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
      @Nullable Object[] key = lowest.key;
      @Nullable Part[] parts = new Part[heads.size()];
      if (Arrays.asList(key).contains(null)) {
        parts[heads.indexOf(lowest)] = lowest.contributor.begin(lowest.input);
        lowest.advance();
      } else {
        for (int i = 0; i < parts.length; i++) {
          parts[i] = part(heads.get(i), key);
        }
      }
      if (merged.stays(parts)) {
        return merged.of(key, parts);
      }
    }
    close();
    return null;
  }

  /** Whether no further key can stay. */
  private boolean done() {
    return switch (join) {
      case FULL -> false;
      case LEFT -> !heads.get(0).ahead;
      case INNER -> heads.stream().anyMatch(head -> !head.ahead);
    };
  }

  private @Nullable Head lowest() {
    Head lowest = null;
    for (Head head : heads) {
      if (head.ahead && (lowest == null || compared.compare(head.key, lowest.key) < 0)) {
        lowest = head;
      }
    }
    return lowest;
  }

  private @Nullable Part part(Head head, @Nullable Object[] key) {
    Part part = null;
    while (head.ahead && compared.compare(head.key, key) == 0) {
      if (part == null) {
        part = head.contributor.begin(head.input);
      } else {
        head.contributor.more(part, head.input);
      }
      head.advance();
    }
    return part;
  }

  private static final class Head {
    final RowReader input;
    final Contributor contributor;
    final Keyed keyed;
    boolean ahead;
    @Nullable Object[] key = new Object[0];

    Head(RowReader input, Contributor contributor, List<SortKey> order) {
      this.input = input;
      this.contributor = contributor;
      this.keyed = new Keyed(contributor.keyColumns(), order);
    }

    void advance() {
      ahead = input.next();
      if (ahead) {
        key = keyed.of(input);
      }
    }
  }
}
