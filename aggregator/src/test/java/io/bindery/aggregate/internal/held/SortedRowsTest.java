package io.bindery.aggregate.internal.held;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.aggregate.internal.TestReader;
import io.bindery.aggregate.internal.plan.Memory;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are kept sorted while more of them come. */
final class SortedRowsTest {
  private static final int WANTED = 500;
  private static final int ROWS = 20 * WANTED;
  private static final KeyBytes KEY =
      KeyBytes.of(new int[] {0}, List.of(new Column("n", ColumnType.INTEGER, false)));

  @TempDir private Path folder;

  /** Stands on a row of a number and a text. */
  private static final class Row extends TestReader {
    private @Nullable Object[] values = new Object[0];

    Row of(long number) {
      values = new Object[] {number, "text of " + number + ".".repeat((int) (number % 90))};
      return this;
    }

    @Override
    public boolean next() {
      return false;
    }

    @Override
    public @Nullable Object value(int column) {
      return values[column];
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }

  /** Each time that they are cut they are sorted: it must pay, also when there is no room left. */
  @Test
  void cuttingToTheFirstRowsNeedsNoRoomAndSoIsNotTriedForEachRow() {
    Budget measure = budget(Long.MAX_VALUE);
    long most = gather(measure, new SpillingRows(KEY.fresh(), 2, measure));

    Budget tight = budget(most);
    SpillingRows rows = new SpillingRows(KEY.fresh(), 2, tight);
    gather(tight, rows);

    rows.sort();
    List<Long> first = new ArrayList<>();
    for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
      assertThat(row[1]).isEqualTo(new Row().of((Long) row[0]).value(1));
      first.add((Long) row[0]);
    }
    assertThat(first.subList(0, WANTED))
        .isEqualTo(numbers().stream().sorted().limit(WANTED).toList());
  }

  private Budget budget(long limit) {
    return new Budget(
        new Memory("tight", limit, 0), new HostMemory(Long.MAX_VALUE, folder.resolve("tmp")));
  }

  private static List<Long> numbers() {
    return new Random(7).longs(ROWS, 0, 1_000_000).boxed().toList();
  }

  /** Adds all rows, cutting where that pays; tells what they took at most. */
  private static long gather(Budget budget, SpillingRows rows) {
    Row row = new Row();
    long most = 0;
    for (long number : numbers()) {
      assertThat(rows.add(row.of(number))).isTrue();
      most = Math.max(most, budget.used());
      rows.keep(WANTED);
      assertThat(rows.held()).isLessThan(2 * WANTED);
    }
    return most;
  }
}
