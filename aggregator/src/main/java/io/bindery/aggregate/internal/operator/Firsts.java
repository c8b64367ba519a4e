package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.held.Budget;
import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.aggregate.internal.held.SpillingRows;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose keys a table had no room for, of which the first of each key is wanted. They are
 * numbered, so that they come in the order of the input where that has one.
 */
final class Firsts {
  private static final int PARTS = 4;

  private final RowReader input;
  private final int number;
  private final boolean ordered;
  private final ArrayRow row;
  private final KeyBytes next;
  private final SpillingRows byKey;
  private final SpillingRows byNumber;
  private final Budget budget;

  Firsts(Node.Distinct node, RowReader input, Budget budget) {
    this.input = input;
    this.budget = budget;
    this.number = node.columns().size();
    this.ordered = !node.order().isEmpty();
    Column counter = new Column("number", ColumnType.INTEGER, false);
    List<Column> columns = new ArrayList<>(node.columns());
    columns.add(counter);
    this.row = new ArrayRow(columns);
    this.next = Rows.key(node.key(), node.compared(), node);
    KeyBytes numbers = KeyBytes.of(new int[] {number}, List.of(counter));
    this.byKey = new SpillingRows(next.fresh(), columns.size(), budget.part(PARTS));
    this.byNumber = new SpillingRows(numbers, columns.size(), budget.part(PARTS));
  }

  boolean isEmpty() {
    return count() == 0;
  }

  /** How many rows were added. */
  long count() {
    return byKey.count();
  }

  /** Adds the row that the input stands on; false when there was no room for it. */
  boolean add() {
    @Nullable Object[] values = new Object[number + 1];
    for (int i = 0; i < number; i++) {
      values[i] = Rows.kept(input.value(i));
    }
    values[number] = count();
    row.set(values);
    return byKey.add(row);
  }

  /** The first row of each key. */
  RowReader sorted() {
    byKey.sort();
    OfEachKey firsts = new OfEachKey();
    if (!ordered) {
      return firsts;
    }
    while (firsts.next()) {
      if (!byNumber.add(firsts)) {
        throw budget.refusal("distinct", byNumber.count(), "leave columns out that are not needed");
      }
    }
    byKey.clear();
    byNumber.sort();
    return new RowsReader(List.of(), byNumber);
  }

  void clear() {
    byKey.clear();
    byNumber.clear();
  }

  /** Rows sorted by key, without those that are not the first of theirs. */
  private final class OfEachKey extends HeldReader {
    private final KeyBytes last = next.fresh();
    private boolean started;

    OfEachKey() {
      super(List.of(), List.of());
    }

    @Override
    @Nullable Object @Nullable [] produce() {
      @Nullable Object[] values = byKey.next();
      while (values != null && !isFirst(values)) {
        values = byKey.next();
      }
      return values;
    }

    private boolean isFirst(@Nullable Object[] values) {
      row.set(values);
      next.read(row);
      if (started && next.sameAs(last)) {
        return false;
      }
      started = true;
      last.set(next);
      return true;
    }
  }
}
