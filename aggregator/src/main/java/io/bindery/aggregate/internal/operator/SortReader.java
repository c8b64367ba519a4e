package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.held.Budget;
import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.aggregate.internal.held.SpillingRows;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows; those of an input that is sorted by the first columns group by group. Where only the
 * first rows are wanted, about twice as many are held at most. Equal rows keep their order.
 */
final class SortReader extends HeldReader {
  private final RowReader input;
  private final long keep;
  private final KeyBytes next;
  private final KeyBytes group;
  private final SpillingRows rows;
  private final Budget budget;
  private final String remedy;
  private boolean started;
  private boolean ahead;

  SortReader(Node.Sort node, RowReader input, Budget budget) {
    super(node.columns(), List.of(input));
    this.input = input;
    this.budget = budget;
    this.keep = node.keep();
    this.next = KeyBytes.of(node.order().subList(0, node.presorted()), node.columns());
    this.group = next.fresh();
    KeyBytes order = KeyBytes.of(node.order(), node.columns());
    this.rows = new SpillingRows(order, node.columns().size(), budget);
    String columns = node.order().stream().map(SortKey::column).collect(Collectors.joining(", "));
    this.remedy =
        "let each source yield its rows ordered by %s and declare it, or set limit"
            .formatted(columns);
  }

  @Override
  @Nullable Object @Nullable [] produce() {
    @Nullable Object[] row = rows.next();
    while (row == null && fill()) {
      row = rows.next();
    }
    return row;
  }

  /** Gathers the rows of the next group. */
  private boolean fill() {
    if (!started) {
      started = true;
      ahead = keep > 0;
      advance();
    }
    rows.clear();
    if (!ahead) {
      return false;
    }
    group.set(next);
    while (ahead && next.sameAs(group)) {
      if (!rows.add(input)) {
        throw budget.refusal("sorting", rows.count(), remedy);
      }
      rows.keep(keep);
      advance();
    }
    rows.sort();
    return true;
  }

  private void advance() {
    ahead = ahead && input.next();
    if (ahead) {
      next.read(input);
    } else {
      input.close();
    }
  }

  @Override
  public void close() {
    super.close();
    ahead = false;
    rows.clear();
  }
}
