package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.definition.Body.Join;
import io.bindery.aggregate.internal.held.Budget;
import io.bindery.aggregate.internal.held.HeapSlots;
import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.aggregate.internal.held.KeyTable;
import io.bindery.aggregate.internal.held.SpillingRows;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.error.BinderyException;
import io.bindery.source.RowReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges sides in any order by a table of keys. The first side is not held but streamed, unless it
 * is summed up; its rows come in their order, and behind them keys that only others have. When the
 * table is full and the aggregate may write to the disk, rows of further keys are put aside,
 * sorted, and merged when the table is done with.
 */
final class HashMergeReader extends HeldReader {
  private final List<RowReader> inputs;
  private final List<Contributor> sides;
  private final KeyBytes[] keys;
  private final Join join;
  private final MergedRow merged;
  private final Budget budget;
  private final boolean streamsFirst;
  private final KeyTable table;
  private final SpillingRows withoutKey;
  private final HeapSlots alone;
  private final Aside aside;
  private @Nullable HeldReader others;
  private int merging;
  private boolean loaded;
  private boolean streamed;

  HashMergeReader(Node.Merge node, List<RowReader> inputs, List<Contributor> sides, Budget budget) {
    super(node.columns(), inputs);
    this.inputs = inputs;
    this.sides = sides;
    this.join = node.join();
    this.budget = budget;
    this.merged = new MergedRow(sides, node.join(), node.columns().size());
    this.streamsFirst = !sides.get(0).sums();
    this.keys = new KeyBytes[sides.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = sides.get(i).key(node.columns(), node.compared());
    }
    this.aside = new Aside(node, sides, keys, budget);
    Budget own = budget.spills() ? budget.part(2) : budget;
    this.table = new KeyTable(keys[0], merged.slots(), own, budget, this::refusal);
    this.withoutKey =
        new SpillingRows(KeyBytes.of(new int[0], List.of()), node.columns().size(), budget.part(8));
    this.alone = new HeapSlots(merged.slots());
  }

  @Override
  @Nullable Object @Nullable [] produce() {
    if (others != null) {
      return others.produce();
    }
    if (!loaded) {
      loaded = true;
      for (int i = streamsFirst ? 1 : 0; i < sides.size(); i++) {
        merging = i;
        load(i);
      }
      merging = 0;
      withoutKey.sort();
    }
    @Nullable Object[] row = streamsFirst && !streamed ? stream() : null;
    return row != null ? row : remaining();
  }

  private void load(int side) {
    RowReader input = inputs.get(side);
    Contributor contributor = sides.get(side);
    KeyBytes key = keys[side];
    int at = merged.slot(side);
    // in a left join a key is nothing by itself
    boolean chooses = join == Join.LEFT && side > 0 && contributor.isChoosy();
    while (input.next()) {
      if (chooses && !contributor.takes(input)) {
        continue;
      }
      key.read(input);
      if (!key.hasNull()) {
        if (enter(key, side)) {
          contributor.add(input, table, at);
        }
      } else if (join == Join.FULL || (join == Join.LEFT && side == 0)) {
        contributor.add(input, alone.clear(), at);
        if (!withoutKey.add(merged.of(key.values(input), alone, null))) {
          throw refusal();
        }
      }
    }
    input.close();
  }

  /** Goes to the entry of a key, a new one if there is none; false when the row was put aside. */
  private boolean enter(KeyBytes key, int side) {
    RowReader row = inputs.get(side);
    if (table.find(key) || (aside.isEmpty() && !budget.isCrowded() && table.add(key, row))) {
      return true;
    }
    if (!budget.spills() || !aside.add(side, row)) {
      throw refusal();
    }
    return false;
  }

  private BinderyException refusal() {
    String name = sides.get(merging).name();
    return budget.refusal(
        "merging '%s'".formatted(name),
        table.size() + withoutKey.count() + aside.count(),
        "let all sources, '%s' too, yield their rows ordered by the key and declare it"
            .formatted(name));
  }

  /** The next row of the first side, or null behind its last. */
  private @Nullable Object @Nullable [] stream() {
    RowReader input = inputs.get(0);
    Contributor first = sides.get(0);
    KeyBytes key = keys[0];
    int seen = merged.slot(0);
    while (input.next()) {
      key.read(input);
      if (key.hasNull()) {
        alone.clear().number(seen, 1);
        if (merged.stays(alone)) {
          return merged.of(key.values(input), alone, first.contributed(input));
        }
        continue;
      }
      if (!enter(key, 0)) {
        continue;
      }
      if (!table.isEmpty(seen)) {
        first.conflict();
        continue;
      }
      table.number(seen, 1);
      if (merged.stays(table)) {
        return merged.of(key.values(input), table, first.contributed(input));
      }
    }
    input.close();
    streamed = true;
    return null;
  }

  private @Nullable Object @Nullable [] remaining() {
    while (table.walk()) {
      boolean given = streamsFirst && !table.isEmpty(merged.slot(0));
      if (!given && merged.stays(table)) {
        return merged.of(table.key(), table, null);
      }
    }
    @Nullable Object[] row = withoutKey.next();
    if (row != null || aside.isEmpty()) {
      return row;
    }
    table.clear();
    others = aside.merged();
    return others.produce();
  }

  @Override
  public void close() {
    super.close();
    table.clear();
    withoutKey.clear();
    aside.clear();
  }
}
