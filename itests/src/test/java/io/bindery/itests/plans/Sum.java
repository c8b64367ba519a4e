package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.util.List;

/**
 * A value made of many rows.
 *
 * @param cfg as an aggregate has it
 * @param call the function of SQL that is worked out over the rows
 * @param around what is made of its value; {@code %s} stands for it
 * @param counts whether it counts: of no rows a count is 0, all else null
 * @param type what it yields
 * @param scale how many decimals; -1 when that differs
 * @param small whether it may be added up again
 * @param fields the columns of a list; of other values empty
 */
record Sum(
    String cfg,
    String call,
    String around,
    boolean counts,
    ColumnType type,
    int scale,
    boolean small,
    List<Col> fields) {
  private Sum(
      String cfg,
      String call,
      String around,
      boolean counts,
      ColumnType type,
      int scale,
      boolean small) {
    this(cfg, call, around, counts, type, scale, small, List.of());
  }

  /**
   * Some columns of each row.
   *
   * @param order what SQL sorts the rows by
   */
  static Sum list(List<Col> fields, String order) {
    return new Sum(
        "list(%s)".formatted(Making.names(fields)),
        Lists.call(fields, order),
        "COALESCE(%s, '')",
        false,
        ColumnType.LIST,
        0,
        false,
        List.copyOf(fields));
  }

  static Sum rows() {
    return new Sum("count()", "COUNT(*)", "%s", true, ColumnType.INTEGER, 0, true);
  }

  /** Conditions count when they are true, other values when they are there. */
  static Sum count(Formula what) {
    String call =
        what.type() == ColumnType.BOOLEAN
            ? "COUNT(IF(%s, 1, NULL))".formatted(what.sql())
            : "COUNT(%s)".formatted(what.sql());
    return new Sum("count(" + what.cfg() + ")", call, "%s", true, ColumnType.INTEGER, 0, true);
  }

  static Sum sum(Col col, boolean filled) {
    String call = "SUM(%s)".formatted(col.sql());
    String cfg = "sum(%s)".formatted(col.name());
    return filled
        ? new Sum(
            "coalesce(" + cfg + ", 0)",
            call,
            "COALESCE(%s, 0)",
            false,
            col.type(),
            col.type() == ColumnType.DECIMAL ? -1 : 0,
            true)
        : new Sum(cfg, call, "%s", false, col.type(), col.scale(), true);
  }

  /** Four decimals more than the values have, rounded half up; of doubles what IEEE gives. */
  static Sum avg(Col col) {
    boolean approximate = col.type() == ColumnType.DOUBLE;
    return new Sum(
        "avg(%s)".formatted(col.name()),
        "AVG(%s)".formatted(col.sql()),
        approximate ? "%s" : "ROUND(%s, " + (col.scale() + 4) + ")",
        false,
        approximate ? ColumnType.DOUBLE : ColumnType.DECIMAL,
        approximate ? 0 : col.scale() + 4,
        !approximate);
  }

  static Sum extreme(String which, Col col) {
    return new Sum(
        "%s(%s)".formatted(which, col.name()),
        "%s(%s)".formatted(which.toUpperCase(java.util.Locale.ROOT), col.sql()),
        "%s",
        false,
        col.type(),
        col.scale(),
        col.small());
  }

  /** Over the rows of a group. */
  String grouped() {
    return around.formatted(call);
  }

  /** Of a value that was worked out before, null when there were no rows. */
  String of(String column) {
    return around.formatted(counts ? "COALESCE(" + column + ", 0)" : column);
  }

  /** Of no rows. */
  String ofNothing() {
    return of(Cells.nothing(type));
  }

  Col col(String name) {
    return new Col(name, type, scale, small, "computed", fields);
  }
}
