package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.util.ArrayList;
import java.util.List;

/** Chooses lists of rows, in the order of what is read or in one of their own. */
final class Listing {
  private static final String POSITION = "_at";

  private final Making making;
  private final Rel rel;
  private final List<Col> cols;
  private String position = "NULL";

  /**
   * Over some rows.
   *
   * @param cols what can be listed
   */
  Listing(Making making, Rel rel, List<Col> cols) {
    this.making = making;
    this.rel = rel;
    this.cols = Col.plain(cols);
  }

  /** A list in the order of the rows, which must have a sequence. */
  Sum inOrder() {
    making.covers.add("list");
    return Sum.list(making.some(cols, 3), "_rk");
  }

  /**
   * A list in an order of its own; rows without a sequence are sorted by all that is listed.
   *
   * @param lines the line of the definition is added to it
   */
  Sum sorted(List<String> lines) {
    List<Col> fields = making.some(cols, 3);
    List<Col> keys = rel.ranked() ? making.some(cols, 2) : fields;
    List<String> sql = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Col key : keys) {
      String direction = making.chance(50) ? " desc" : "";
      boolean folds = rel.ranked() && key.type() == ColumnType.TEXT && making.chance(30);
      words.add(key.name() + (folds ? Folding.WORDS : "") + direction);
      sql.add((folds ? Folding.fold(key.sql()) : key.sql()) + direction);
    }
    if (rel.ranked()) {
      sql.add("_rk");
    }
    lines.add(String.join(", ", words));
    position = "ROW_NUMBER() OVER (ORDER BY %s)".formatted(String.join(", ", sql));
    making.covers.add("list");
    making.covers.add("list in an order of its own");
    return Sum.list(fields, POSITION);
  }

  /**
   * The column that a list is sorted by, to be added to the rows: MariaDB's GROUP_CONCAT itself
   * misplaces nulls.
   */
  String position() {
    return position + " AS " + POSITION;
  }
}
