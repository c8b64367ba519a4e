package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.internal.expression.Scaled;
import io.bindery.aggregate.internal.held.RowCursor;
import io.bindery.aggregate.internal.held.RowLayout;
import io.bindery.aggregate.internal.operator.DerivedReader;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a source as they lie in blocks, the bind's key before each. A column that nobody
 * wants has no cell and is null.
 */
abstract class BlockRows extends DerivedReader {
  private final List<Column> columns;
  private final String bindKey;
  private final byte[] bindKeyText;

  /** The columns that have a cell, in the order of the cells. */
  private final int[] wanted;

  /** For each column, its cell; -1 where it has none. */
  private final int[] cells;

  private final RowCursor row = new RowCursor();

  /**
   * Before the first row.
   *
   * @param columns the bind's key, and behind it the columns of the source
   * @param names those that somebody reads; empty for all
   * @param bindKey the bind's key
   */
  BlockRows(List<Column> columns, List<String> names, String bindKey) {
    super(columns, List.of());
    this.columns = columns;
    this.bindKey = bindKey;
    this.bindKeyText = bindKey.getBytes(StandardCharsets.UTF_8);
    this.wanted =
        IntStream.range(1, columns.size())
            .filter(i -> names.isEmpty() || names.contains(columns.get(i).name()))
            .toArray();
    this.cells = new int[columns.size()];
    Arrays.fill(cells, -1);
    for (int i = 0; i < wanted.length; i++) {
      cells[wanted[i]] = i;
    }
  }

  /** How the rows of a source's reader lie in blocks. */
  final RowLayout layout(RowReader reader) {
    int[] source = new int[wanted.length];
    ColumnType[] types = new ColumnType[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      source[i] = wanted[i] - 1;
      types[i] = columns.get(wanted[i]).type();
    }
    return RowLayout.of(reader, source, types);
  }

  /** Stands on the current row. */
  final RowCursor cursor() {
    return row;
  }

  @Override
  public boolean isNull(int column) {
    return column > 0 && (cells[column] < 0 || row.isNull(cells[column]));
  }

  @Override
  public long getLong(int column) {
    return row.number(cells[column]);
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return row.decimal(cells[column]);
  }

  @Override
  public @Nullable Object value(int column) {
    if (column == 0) {
      return bindKey;
    }
    return cells[column] < 0 ? null : row.value(cells[column]);
  }

  @Override
  public boolean hasTexts(int column) {
    return column == 0 || cells[column] >= 0 && row.isText(cells[column]);
  }

  @Override
  public boolean scaled(int column, Scaled target) {
    return row.scaled(cells[column], target);
  }

  @Override
  public void text(int column, Utf8Slice target) {
    if (column == 0) {
      target.set(bindKeyText, 0, bindKeyText.length);
    } else if (cells[column] >= 0 && row.isText(cells[column])) {
      row.text(cells[column], target);
    } else {
      super.text(column, target);
    }
  }
}
