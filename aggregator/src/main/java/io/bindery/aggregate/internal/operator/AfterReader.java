package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.expression.Scope;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that come after a position in an order, in whatever order they come. */
final class AfterReader extends PassingReader {
  private final RowReader input;
  private final int[] columns;
  private final List<Comparator<@Nullable Object>> comparators;
  private final List<@Nullable Object> position;

  AfterReader(Node.After node, RowReader input) {
    super(node.columns(), List.of(input));
    this.input = input;
    Scope scope = new Scope(node.columns());
    this.columns = node.by().stream().mapToInt(key -> scope.indexOf(key.column())).toArray();
    this.comparators = node.by().stream().map(SortKey::comparator).toList();
    this.position = node.position();
  }

  @Override
  public boolean next() {
    while (input.next()) {
      if (isBehind()) {
        return true;
      }
    }
    return false;
  }

  private boolean isBehind() {
    for (int i = 0; i < columns.length; i++) {
      int order = comparators.get(i).compare(input.value(columns[i]), position.get(i));
      if (order != 0) {
        return order > 0;
      }
    }
    return false;
  }

  @Override
  RowReader current() {
    return input;
  }
}
