package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Merges inputs that are ordered alike, holding one row of each. Of equal rows the earlier input's
 * come first. That an input keeps its order is checked where it is read.
 */
final class OrderedReader extends PassingReader {
  private final List<Head> heads = new ArrayList<>();
  private final PriorityQueue<Head> queue = new PriorityQueue<>();
  private boolean started;
  private @Nullable Head current;

  OrderedReader(List<Column> columns, List<? extends RowReader> inputs, List<SortKey> order) {
    super(columns, inputs);
    for (RowReader input : inputs) {
      heads.add(new Head(input, heads.size(), KeyBytes.of(order, columns)));
    }
  }

  @Override
  public boolean next() {
    if (!started) {
      started = true;
      heads.forEach(this::advance);
    } else if (current != null) {
      Head moved = current;
      current = null;
      advance(moved);
    }
    current = queue.poll();
    return current != null;
  }

  /** The input that gave the row is moved only when the row is done with. */
  private void advance(Head head) {
    if (head.input.next()) {
      head.key.read(head.input);
      queue.add(head);
    } else {
      head.input.close();
    }
  }

  @Override
  RowReader current() {
    if (current == null) {
      throw new IllegalStateException("no row");
    }
    return current.input;
  }

  private record Head(RowReader input, int number, KeyBytes key) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      int byKey = key.compareTo(other.key);
      return byKey != 0 ? byKey : Integer.compare(number, other.number);
    }
  }
}
