package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.definition.Body.Join;
import io.bindery.aggregate.internal.operator.Contributor.Part;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges sides in any order by a table of keys. The first side is not held but streamed, unless it
 * is summed up; its rows come in their order, and behind them keys that only others have.
 */
final class HashMergeReader extends HeldReader {
  private final List<RowReader> inputs;
  private final List<Contributor> sides;
  private final Join join;
  private final MergedRow merged;
  private final Budget budget;
  private final boolean streamsFirst;
  private final Map<HashKey, Entry> table = new LinkedHashMap<>();
  private final List<Entry> withoutKey = new ArrayList<>();
  private boolean loaded;
  private @Nullable Iterator<Entry> rest;

  HashMergeReader(Node.Merge node, List<RowReader> inputs, List<Contributor> sides, Budget budget) {
    super(node.columns(), inputs);
    this.inputs = inputs;
    this.sides = sides;
    this.join = node.join();
    this.merged = new MergedRow(sides, node.join(), node.columns().size());
    this.budget = budget;
    this.streamsFirst = !sides.get(0).sums();
  }

  @Override
  @Nullable Object @Nullable [] produce() {
    if (!loaded) {
      loaded = true;
      for (int i = streamsFirst ? 1 : 0; i < sides.size(); i++) {
        load(i);
      }
    }
    @Nullable Object[] row = rest == null && streamsFirst ? streamed() : null;
    return row != null ? row : remaining();
  }

  private void load(int side) {
    RowReader input = inputs.get(side);
    Contributor contributor = sides.get(side);
    int[] columns = contributor.keyColumns();
    while (input.next()) {
      HashKey key = HashKey.of(input, columns);
      if (key.hasNull()) {
        if (join == Join.FULL || (join == Join.LEFT && side == 0)) {
          Entry entry = new Entry(values(input, columns), sides.size());
          entry.parts[side] = begin(contributor, input, key);
          withoutKey.add(entry);
        }
        continue;
      }
      Entry entry = table.get(key);
      if (entry == null) {
        entry = new Entry(values(input, columns), sides.size());
        table.put(key, entry);
      }
      Part part = entry.parts[side];
      if (part == null) {
        entry.parts[side] = begin(contributor, input, key);
      } else {
        contributor.more(part, input);
      }
    }
    input.close();
  }

  private Part begin(Contributor contributor, RowReader row, HashKey key) {
    Part part = contributor.begin(row);
    take(part.bytes() + key.bytes(), contributor);
    return part;
  }

  private void take(long bytes, Contributor contributor) {
    budget.take(
        bytes,
        "merging '%s'".formatted(contributor.name()),
        "let all sources, '%s' too, yield their rows ordered by the key and declare it"
            .formatted(contributor.name()));
  }

  /** The next row of the first side, or null behind its last. */
  private @Nullable Object @Nullable [] streamed() {
    RowReader input = inputs.get(0);
    Contributor first = sides.get(0);
    int[] columns = first.keyColumns();
    while (input.next()) {
      HashKey key = HashKey.of(input, columns);
      boolean keyed = !key.hasNull();
      Entry entry = keyed ? table.get(key) : null;
      if (entry == null) {
        entry = new Entry(values(input, columns), sides.size());
        if (keyed) {
          take(key.bytes(), first);
          table.put(key, entry);
        }
      }
      if (entry.seen) {
        first.conflict();
        continue;
      }
      entry.seen = true;
      @Nullable Part[] parts = entry.parts.clone();
      parts[0] = first.begin(input);
      if (merged.stays(parts)) {
        return merged.of(values(input, columns), parts);
      }
    }
    input.close();
    return null;
  }

  private @Nullable Object @Nullable [] remaining() {
    Iterator<Entry> left = rest;
    if (left == null) {
      List<Entry> entries = new ArrayList<>(table.values());
      entries.addAll(withoutKey);
      left = entries.iterator();
      rest = left;
    }
    while (left.hasNext()) {
      Entry entry = left.next();
      if (!entry.seen && merged.stays(entry.parts)) {
        return merged.of(entry.key, entry.parts);
      }
    }
    return null;
  }

  private static @Nullable Object[] values(RowReader row, int[] columns) {
    @Nullable Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] = Rows.kept(row.value(columns[i]));
    }
    return values;
  }

  private static final class Entry {
    final @Nullable Object[] key;
    final @Nullable Part[] parts;
    boolean seen;

    Entry(@Nullable Object[] key, int sides) {
      this.key = key;
      this.parts = new Part[sides];
    }
  }
}
