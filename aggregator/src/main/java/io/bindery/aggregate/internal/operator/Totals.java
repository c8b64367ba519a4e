package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.expression.Accumulator;
import io.bindery.aggregate.internal.expression.AggregateCall;
import io.bindery.aggregate.internal.expression.Slots;
import io.bindery.source.RowReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several accumulators side by side, with their slots one behind the other. */
final class Totals {
  private final Accumulator[] accumulators;
  private final int[] first;
  private final int slots;

  Totals(List<AggregateCall> calls) {
    accumulators = calls.stream().map(AggregateCall::accumulator).toArray(Accumulator[]::new);
    first = new int[accumulators.length];
    int sum = 0;
    for (int i = 0; i < first.length; i++) {
      first[i] = sum;
      sum += accumulators[i].slots();
    }
    slots = sum;
  }

  int slots() {
    return slots;
  }

  int count() {
    return accumulators.length;
  }

  /** Whether a row may leave all as it was. */
  boolean isChoosy() {
    for (Accumulator accumulator : accumulators) {
      if (accumulator.takesAll()) {
        return false;
      }
    }
    return true;
  }

  /** Whether a row changes anything. */
  boolean takes(RowReader row) {
    for (Accumulator accumulator : accumulators) {
      if (accumulator.takes(row)) {
        return true;
      }
    }
    return false;
  }

  void add(RowReader row, Slots kept, int at) {
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i].add(row, kept, at + first[i]);
    }
  }

  /** The values of a key, and behind them those of the accumulators. */
  @Nullable Object[] row(@Nullable Object[] key, Slots kept, int at) {
    @Nullable Object[] row = new Object[key.length + accumulators.length];
    System.arraycopy(key, 0, row, 0, key.length);
    for (int i = 0; i < accumulators.length; i++) {
      row[key.length + i] = accumulators[i].result(kept, at + first[i]);
    }
    return row;
  }
}
