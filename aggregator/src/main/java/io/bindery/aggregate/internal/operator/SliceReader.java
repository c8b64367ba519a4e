package io.bindery.aggregate.internal.operator;

import io.bindery.source.Column;
import io.bindery.source.RowReader;
import java.util.List;

/** A stretch of the rows. Behind the last of them the input is closed, not read. */
final class SliceReader extends PassingReader {
  private final RowReader input;
  private long skip;
  private long left;
  private boolean closed;

  SliceReader(List<Column> columns, RowReader input, long offset, long limit) {
    super(columns, List.of(input));
    this.input = input;
    this.skip = offset;
    this.left = limit;
  }

  @Override
  public boolean next() {
    while (skip > 0 && left > 0) {
      if (!input.next()) {
        left = 0;
      }
      skip--;
    }
    if (left > 0 && input.next()) {
      left--;
      return true;
    }
    left = 0;
    if (!closed) {
      closed = true;
      input.close();
    }
    return false;
  }

  @Override
  RowReader current() {
    return input;
  }
}
