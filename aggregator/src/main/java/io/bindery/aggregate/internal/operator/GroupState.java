package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.expression.Accumulator;
import io.bindery.aggregate.internal.expression.AggregateCall;
import io.bindery.source.RowReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One group while its rows are read. */
final class GroupState {
  private static final int ACCUMULATOR_BYTES = 64;

  private final @Nullable Object[] key;
  private final Accumulator[] accumulators;

  /** A group of the row that a reader stands on, which is still to be added. */
  GroupState(RowReader row, int[] keyColumns, List<AggregateCall> calls) {
    key = new Object[keyColumns.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = Rows.kept(row.value(keyColumns[i]));
    }
    accumulators = accumulators(calls);
  }

  /** A group of no rows. */
  GroupState(List<AggregateCall> calls) {
    key = new Object[0];
    accumulators = accumulators(calls);
  }

  static Accumulator[] accumulators(List<AggregateCall> calls) {
    return calls.stream().map(AggregateCall::accumulator).toArray(Accumulator[]::new);
  }

  Accumulator[] accumulators() {
    return accumulators;
  }

  /** The key and a value for each call. */
  @Nullable Object[] row() {
    @Nullable Object[] row = new Object[key.length + accumulators.length];
    System.arraycopy(key, 0, row, 0, key.length);
    for (int i = 0; i < accumulators.length; i++) {
      row[key.length + i] = accumulators[i].result();
    }
    return row;
  }

  long bytes() {
    return Rows.bytes(key) + (long) accumulators.length * ACCUMULATOR_BYTES;
  }
}
