package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a relation.
 *
 * @param name its name
 * @param type its type
 * @param scale how many decimals all its values have; -1 when they differ
 * @param small whether it may be added up: sums are exact and do not overflow
 * @param kind what it is of, for the account of what was covered
 * @param fields the columns of a list; of other columns empty
 */
record Col(String name, ColumnType type, int scale, boolean small, String kind, List<Col> fields) {
  static final String BIND_KEY = "bind_key";

  Col(String name, ColumnType type, int scale, boolean small, String kind) {
    this(name, type, scale, small, kind, List.of());
  }

  static Col bindKey(String name) {
    return new Col(name, ColumnType.TEXT, 0, false, BIND_KEY);
  }

  Col named(String other) {
    return new Col(other, type, scale, small, kind, fields);
  }

  /** Its name as SQL has it. */
  String sql() {
    return "`" + name + "`";
  }

  boolean numeric() {
    return type == ColumnType.INTEGER || type == ColumnType.DECIMAL || type == ColumnType.DOUBLE;
  }

  /** Whether it says where a row is from. */
  boolean origin() {
    return kind.equals("id") || kind.equals(BIND_KEY);
  }

  /** Whether it is a list, which neither compares nor computes. */
  boolean list() {
    return type == ColumnType.LIST;
  }

  /** The columns that compare. */
  static List<Col> plain(List<Col> cols) {
    return cols.stream().filter(col -> !col.list()).toList();
  }

  /** The column in a union with another, or null when the two do not unite. */
  @Nullable Col with(Col other) {
    boolean exact =
        numeric()
            && other.numeric()
            && type != ColumnType.DOUBLE
            && other.type != ColumnType.DOUBLE;
    if (type != other.type && !exact) {
      return null;
    }
    return new Col(
        name,
        type == other.type ? type : ColumnType.DECIMAL,
        scale == other.scale ? scale : -1,
        small && other.small,
        kind.equals(other.kind) ? kind : "mixed");
  }
}
