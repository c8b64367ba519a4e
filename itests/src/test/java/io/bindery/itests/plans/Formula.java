package io.bindery.itests.plans;

import io.bindery.source.ColumnType;

/**
 * An expression over the columns of a row.
 *
 * @param cfg as an aggregate has it
 * @param sql as SQL has it
 * @param type what it yields
 * @param scale how many decimals; -1 when that differs
 * @param small whether it may be added up
 */
record Formula(String cfg, String sql, ColumnType type, int scale, boolean small) {
  static Formula of(Col col) {
    return new Formula(col.name(), col.sql(), col.type(), col.scale(), col.small());
  }

  Col col(String name) {
    return new Col(name, type, scale, small, "computed");
  }
}
