package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The first rows of an order, holding no more than are wanted. Equal rows keep their order. */
final class TopReader extends HeldReader {
  private final RowReader input;
  private final int width;
  private final long keep;
  private final Keyed order;
  private final Budget budget;
  private final String remedy;
  private @Nullable Deque<Numbered> sorted;

  TopReader(Node.Sort node, RowReader input, Budget budget) {
    super(node.columns(), List.of(input));
    this.input = input;
    this.width = node.columns().size();
    this.keep = node.keep();
    this.order = new Keyed(Rows.indexes(node.order(), node.columns()), node.order());
    this.budget = budget;
    this.remedy = SortReader.remedy(node);
  }

  @Override
  @Nullable Object @Nullable [] produce() {
    Deque<Numbered> rows = sorted;
    if (rows == null) {
      rows = read();
      sorted = rows;
    }
    Numbered first = rows.pollFirst();
    return first == null ? null : first.values();
  }

  private Deque<Numbered> read() {
    PriorityQueue<Numbered> worstFirst = new PriorityQueue<>((a, b) -> compare(b, a));
    long number = 0;
    while (keep > 0 && input.next()) {
      Numbered row = new Numbered(Rows.copy(input, width), number++);
      if (worstFirst.size() < keep) {
        budget.take(Rows.bytes(row.values()), "sorting", remedy);
        worstFirst.add(row);
      } else if (compare(row, worstFirst.element()) < 0) {
        budget.giveBack(Rows.bytes(worstFirst.remove().values()), 1);
        budget.take(Rows.bytes(row.values()), "sorting", remedy);
        worstFirst.add(row);
      }
    }
    input.close();
    Deque<Numbered> best = new ArrayDeque<>();
    while (!worstFirst.isEmpty()) {
      best.addFirst(worstFirst.remove());
    }
    return best;
  }

  private int compare(Numbered a, Numbered b) {
    int byOrder = order.compareRows(a.values(), b.values());
    return byOrder != 0 ? byOrder : Long.compare(a.number(), b.number());
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Numbered(@Nullable Object[] values, long number) {}
}
