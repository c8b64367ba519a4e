package io.bindery.aggregate.internal.held;

import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;

/**
 * Which columns of a reader's rows lie in blocks, and how: as the text that is at hand, or packed.
 * Immutable.
 */
public final class RowLayout {
  private final int[] columns;
  private final ColumnType[] types;
  private final boolean[] texts;

  private RowLayout(int[] columns, ColumnType[] types, boolean[] texts) {
    this.columns = columns;
    this.types = types;
    this.texts = texts;
  }

  /**
   * The layout that suits a reader.
   *
   * @param reader the reader
   * @param columns which columns of its rows become cells
   * @param types the types of these
   */
  public static RowLayout of(RowReader reader, int[] columns, ColumnType[] types) {
    boolean[] texts = new boolean[columns.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] =
          switch (types[i]) {
            case TEXT -> true;
            case INTEGER, DECIMAL, DATE, TIME, DATETIME, INSTANT -> reader.hasTexts(columns[i]);
            case BOOLEAN, DOUBLE, BYTES, LIST -> false;
          };
    }
    return new RowLayout(columns.clone(), types.clone(), texts);
  }

  /** How many cells a row has. */
  int width() {
    return columns.length;
  }

  /** The column of the reader that a cell is of. */
  int column(int cell) {
    return columns[cell];
  }

  ColumnType type(int cell) {
    return types[cell];
  }

  /** Whether a cell is the value's text, and not the packed value. */
  boolean isText(int cell) {
    return texts[cell];
  }
}
