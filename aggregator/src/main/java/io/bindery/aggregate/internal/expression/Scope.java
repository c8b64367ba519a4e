package io.bindery.aggregate.internal.expression;

import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.source.Column;
import java.util.List;

/**
 * The columns that an expression may name.
 *
 * @param columns the columns, in the order of the row
 */
public record Scope(List<Column> columns) {
  /** Copies the list. */
  public Scope {
    columns = List.copyOf(columns);
  }

  /**
   * The index of a column, or -1.
   *
   * @param name the column's name
   */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * A column as a value.
   *
   * @param name the column's name
   * @throws FormulaException when there is none, with the nearest that exists
   */
  public Value column(String name) throws FormulaException {
    int index = indexOf(name);
    if (index < 0) {
      throw new FormulaException(Nearest.unknown("column", name, names()));
    }
    return ColumnValue.of(index, columns.get(index));
  }

  /** The names of the columns. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }
}
