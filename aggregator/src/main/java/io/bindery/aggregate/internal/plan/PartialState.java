package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.aggregate.internal.expression.Value.Computed;
import io.bindery.aggregate.internal.expression.Value.Literal;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.Grouping;
import java.util.ArrayList;
import java.util.List;

/**
 * What is needed of the rows of a group; it stands behind the columns of the rows.
 *
 * @param function what is worked out
 * @param column the index of the column that it is worked out of, or -1 to count rows
 * @param name the function as it could be written
 * @param type its type
 */
record PartialState(Grouping.Function function, int column, String name, ColumnType type) {
  Column asColumn() {
    return new Column(name, type, function != Grouping.Function.COUNT);
  }

  /** The same of another column. */
  PartialState of(int other, ColumnType otherType) {
    boolean counts = function == Grouping.Function.COUNT;
    return new PartialState(function, other, name, counts ? type : otherType);
  }

  /** Rows that stand for themselves. */
  static Node asTheyAre(Node node, List<PartialState> wanted) {
    List<Value> items = new ArrayList<>();
    for (int i = 0; i < node.columns().size(); i++) {
      items.add(ColumnValue.of(i, node.columns().get(i)));
    }
    for (PartialState state : wanted) {
      if (state.column() < 0) {
        items.add(new Literal(ColumnType.INTEGER, 1L));
        continue;
      }
      ColumnValue value = ColumnValue.of(state.column(), node.columns().get(state.column()));
      items.add(state.function() == Grouping.Function.COUNT ? counted(value) : value);
    }
    return new Node.Project(node, items, columns(node, wanted), node.order());
  }

  private static Value counted(ColumnValue value) {
    return new Computed(
        "count",
        List.of(value),
        ColumnType.INTEGER,
        false,
        row -> row.isNull(value.index()) ? 0L : 1L);
  }

  /** The columns of rows with those of the states behind them. */
  static List<Column> columns(Node node, List<PartialState> wanted) {
    List<Column> columns = new ArrayList<>(node.columns());
    wanted.forEach(state -> columns.add(state.asColumn()));
    return columns;
  }
}
