package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.internal.held.RowBlock;
import io.bindery.aggregate.internal.held.RowLayout;
import io.bindery.source.RowReader;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Puts the rows of an open reader into blocks. For one thread at a time. */
final class Intake {
  private final RowReader reader;
  private final RowLayout layout;
  private final RowsAhead ahead;
  private final @Nullable OrderCheck order;
  private final long limit;
  private final AtomicLong read;

  /**
   * For one reader.
   *
   * @param reader what is read
   * @param layout how its rows lie in blocks
   * @param ahead where they go
   * @param order watches their order, or null
   * @param limit behind so many rows it is not read on before that is asked for
   * @param read counts them, for all threads
   */
  Intake(
      RowReader reader,
      RowLayout layout,
      RowsAhead ahead,
      @Nullable OrderCheck order,
      long limit,
      AtomicLong read) {
    this.reader = reader;
    this.layout = layout;
    this.ahead = ahead;
    this.order = order;
    this.limit = limit;
    this.read = read;
  }

  /**
   * Reads as long as there are rows and room.
   *
   * @param broken the failure when a row, whose number it is given, breaks the order by a column
   */
  void fill(OrderCheck.Refusal broken) {
    RowBlock block = ahead.room(layout);
    while (block != null) {
      if (!reader.next()) {
        ahead.finish(null);
        return;
      }
      long number = read.getPlain() + 1;
      String column = order == null ? null : order.broken(reader);
      if (column != null) {
        throw broken.of(number, column);
      }
      read.lazySet(number);
      int rows = block.add(reader);
      while (rows == 0) {
        block = ahead.begin(layout, 2 * block.capacity());
        rows = block.add(reader);
      }
      if (number >= limit) {
        ahead.pause();
        return;
      }
      if (rows >= ahead.wanted() && !ahead.wake() || block.isFull()) {
        block = ahead.room(layout);
      }
    }
  }
}
