package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.expression.Slots;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey.Comparison;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the columns that one side contributes to a merge. For one run and one thread at a time. */
final class Contributor {
  private final Node.Side side;
  private final Node.Contribution contribution;
  private final boolean unavailable;
  private final Totals totals;
  private final ArrayRow sums = new ArrayRow(List.of());
  private long conflicts;

  /**
   * For one side.
   *
   * @param side the side
   * @param unavailable whether none of its sources could be opened, so that nothing is known of it
   */
  Contributor(Node.Side side, boolean unavailable) {
    this.side = side;
    this.contribution = side.contribution();
    this.unavailable = unavailable;
    this.totals = new Totals(contribution.calls());
  }

  String name() {
    return side.name();
  }

  /**
   * The key of the side's rows.
   *
   * @param merged the columns of the merged row, which begin with the key's
   * @param compared how those compare
   */
  KeyBytes key(List<Column> merged, List<Comparison> compared) {
    int[] columns = side.key().stream().mapToInt(Integer::intValue).toArray();
    return KeyBytes.of(columns, merged.subList(0, columns.length), compared);
  }

  boolean hasBindKey() {
    return contribution.bindKey() >= 0;
  }

  boolean sums() {
    return contribution.sums();
  }

  /** How many columns it contributes, the bind key not counted. */
  int width() {
    return contribution.width();
  }

  /** How many slots it needs for each key: whether there are rows, and what they come to. */
  int slots() {
    return sums() ? 1 + totals.slots() : 1;
  }

  /** Whether a row may change nothing of what its key comes to. */
  boolean isChoosy() {
    return sums() && totals.isChoosy();
  }

  /** Whether a row changes something of what its key comes to. */
  boolean takes(RowReader row) {
    return totals.takes(row);
  }

  /** How many rows were left out because an earlier one had their key. */
  long conflicts() {
    return conflicts;
  }

  /** Takes a row of a key. */
  void add(RowReader row, Slots slots, int at) {
    if (sums()) {
      slots.number(at, 1);
      totals.add(row, slots, at + 1);
    } else if (slots.isEmpty(at)) {
      slots.value(at, contributed(row));
    } else {
      conflict();
    }
  }

  void conflict() {
    conflicts++;
  }

  /** What a row contributes: the columns, and its bind key behind them. */
  @Nullable Object[] contributed(RowReader row) {
    List<Value> items = contribution.values();
    @Nullable Object[] values = new Object[items.size() + (hasBindKey() ? 1 : 0)];
    for (int i = 0; i < items.size(); i++) {
      values[i] = Rows.kept(items.get(i).of(row));
    }
    if (hasBindKey()) {
      values[items.size()] = row.value(contribution.bindKey());
    }
    return values;
  }

  /**
   * What the rows of a key have come to; null for no columns, which are null then.
   *
   * @param key the key's values
   * @param slots where its rows were added
   * @param at the first of the side's slots
   */
  @Nullable Object @Nullable [] result(@Nullable Object[] key, Slots slots, int at) {
    if (!sums()) {
      return (Object[]) slots.value(at);
    }
    if (slots.isEmpty(at) && unavailable) {
      return null;
    }
    sums.set(totals.row(key, slots, at + 1));
    @Nullable Object[] values = new Object[width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = contribution.values().get(i).of(sums);
    }
    return values;
  }
}
