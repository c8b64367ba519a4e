package io.bindery.aggregate.internal.operator;

import io.bindery.source.Column;
import io.bindery.source.RowReader;
import java.util.List;

/** One input after another; each is closed when it is read. */
final class ConcatReader extends PassingReader {
  private final List<? extends RowReader> inputs;
  private int at;

  ConcatReader(List<Column> columns, List<? extends RowReader> inputs) {
    super(columns, inputs);
    this.inputs = inputs;
  }

  @Override
  public boolean next() {
    while (at < inputs.size()) {
      RowReader input = inputs.get(at);
      if (input.next()) {
        return true;
      }
      input.close();
      at++;
    }
    return false;
  }

  @Override
  RowReader current() {
    return inputs.get(at);
  }
}
