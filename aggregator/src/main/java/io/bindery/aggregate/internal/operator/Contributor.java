package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.expression.Accumulator;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the columns that one side contributes to a merge. For one run and one thread at a time. */
final class Contributor {
  private final Node.Side side;
  private final Node.Contribution contribution;
  private final boolean unavailable;
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
  }

  String name() {
    return side.name();
  }

  int[] keyColumns() {
    return side.key().stream().mapToInt(Integer::intValue).toArray();
  }

  boolean hasBindKey() {
    return contribution.bindKey() >= 0;
  }

  boolean sums() {
    return contribution.sums();
  }

  int width() {
    return contribution.width();
  }

  /** How many rows were left out because an earlier one had their key. */
  long conflicts() {
    return conflicts;
  }

  /** What the first row of a key contributes. */
  Part begin(RowReader row) {
    if (contribution.sums()) {
      Part part = new Part(new Object[0], GroupState.accumulators(contribution.calls()));
      add(part, row);
      return part;
    }
    List<Value> items = contribution.values();
    @Nullable Object[] values = new Object[items.size() + (hasBindKey() ? 1 : 0)];
    for (int i = 0; i < items.size(); i++) {
      values[i] = Rows.kept(items.get(i).of(row));
    }
    if (hasBindKey()) {
      values[items.size()] = row.value(contribution.bindKey());
    }
    return new Part(values, new Accumulator[0]);
  }

  /** Takes a further row of the same key. */
  void more(Part part, RowReader row) {
    if (contribution.sums()) {
      add(part, row);
    } else {
      conflict();
    }
  }

  void conflict() {
    conflicts++;
  }

  private static void add(Part part, RowReader row) {
    for (Accumulator accumulator : part.accumulators) {
      accumulator.add(row);
    }
  }

  /** Writes the columns for a key; those of no rows when there is no part. */
  void write(@Nullable Part part, @Nullable Object[] key, @Nullable Object[] target, int at) {
    if (contribution.sums()) {
      if (part != null || !unavailable) {
        writeSums(part, key, target, at);
      }
    } else if (part != null) {
      System.arraycopy(part.values, 0, target, at, width());
    }
  }

  private void writeSums(
      @Nullable Part part, @Nullable Object[] key, @Nullable Object[] target, int at) {
    Accumulator[] accumulators =
        part == null ? GroupState.accumulators(contribution.calls()) : part.accumulators;
    @Nullable Object[] row = Arrays.copyOf(key, key.length + accumulators.length);
    for (int i = 0; i < accumulators.length; i++) {
      row[key.length + i] = accumulators[i].result();
    }
    sums.set(row);
    for (int i = 0; i < width(); i++) {
      target[at + i] = contribution.values().get(i).of(sums);
    }
  }

  /** What the rows of one key have come to so far. */
  static final class Part {
    private static final int ACCUMULATOR_BYTES = 64;

    private final @Nullable Object[] values;
    private final Accumulator[] accumulators;

    private Part(@Nullable Object[] values, Accumulator[] accumulators) {
      this.values = values;
      this.accumulators = accumulators;
    }

    @Nullable Object bindKey() {
      return values[values.length - 1];
    }

    long bytes() {
      return Rows.bytes(values) + (long) accumulators.length * ACCUMULATOR_BYTES;
    }
  }
}
