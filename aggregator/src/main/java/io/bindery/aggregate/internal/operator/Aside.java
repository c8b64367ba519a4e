package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.held.Budget;
import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.aggregate.internal.held.SpillingRows;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a merge, side by side, whose keys a table had no room for. */
final class Aside {
  private static final int PARTS = 4;

  private final Node.Merge node;
  private final List<Contributor> sides;
  private final List<@Nullable SpillingRows> rows = new ArrayList<>();
  private long count;

  Aside(Node.Merge node, List<Contributor> sides, KeyBytes[] keys, Budget budget) {
    this.node = node;
    this.sides = sides;
    for (int i = 0; i < keys.length; i++) {
      Node side = node.sides().get(i).node();
      Budget own = budget.part(PARTS * keys.length);
      rows.add(side == null ? null : new SpillingRows(keys[i].fresh(), side.columns().size(), own));
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  long count() {
    return count;
  }

  /** Puts a row of a side aside; false when there was no room for it. */
  boolean add(int side, RowReader row) {
    count++;
    SpillingRows gathered = rows.get(side);
    return gathered != null && gathered.add(row);
  }

  /** All rows, merged. */
  HeldReader merged() {
    List<RowReader> inputs = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      SpillingRows gathered = rows.get(i);
      Node side = node.sides().get(i).node();
      if (gathered == null || side == null) {
        inputs.add(new ArrayRow(List.of()));
      } else {
        gathered.sort();
        inputs.add(new RowsReader(side.columns(), gathered));
      }
    }
    return new OrderedMergeReader(node, inputs, sides);
  }

  void clear() {
    for (SpillingRows gathered : rows) {
      if (gathered != null) {
        gathered.clear();
      }
    }
  }
}
