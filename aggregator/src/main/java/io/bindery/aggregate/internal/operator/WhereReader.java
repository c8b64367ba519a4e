package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.expression.Value;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import java.util.List;

/** The rows for which a condition is true, and neither false nor null. */
final class WhereReader extends PassingReader {
  private final RowReader input;
  private final Value condition;

  WhereReader(List<Column> columns, RowReader input, Value condition) {
    super(columns, List.of(input));
    this.input = input;
    this.condition = condition;
  }

  @Override
  public boolean next() {
    while (input.next()) {
      if (Boolean.TRUE.equals(condition.of(input))) {
        return true;
      }
    }
    return false;
  }

  @Override
  RowReader current() {
    return input;
  }
}
