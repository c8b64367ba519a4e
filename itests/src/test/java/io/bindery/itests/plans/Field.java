package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.util.Random;

/**
 * A column of a table.
 *
 * @param name its name
 * @param kind what it holds
 * @param nullable whether it may be null
 * @param collation how the database compares it, when it is a text
 * @param small whether its values may be added up
 */
record Field(String name, Kind kind, boolean nullable, String collation, boolean small) {
  String ddl() {
    return name
        + " "
        + kind.sql
        + (text() ? " COLLATE " + collation : "")
        + (nullable ? " NULL" : " NOT NULL");
  }

  private boolean text() {
    return kind.type == ColumnType.TEXT;
  }

  String value(Random random) {
    if (nullable && random.nextInt(7) == 0) {
      return "NULL";
    }
    return small ? kind.amount(random) : kind.key(random);
  }

  Col col() {
    return new Col(name, kind.type, kind.scale(), small, kind.word());
  }

  /**
   * The column as all relations have it: texts compare by their bytes, trailing blanks count, and
   * there is one zero (MariaDB takes the two of a DOUBLE for one or for two groups, as it comes).
   */
  String normal() {
    return switch (kind.type) {
      case TEXT -> "CONVERT(%1$s USING utf8mb4) COLLATE utf8mb4_nopad_bin AS %1$s".formatted(name);
      case DOUBLE -> "%1$s + 0e0 AS %1$s".formatted(name);
      default -> name;
    };
  }

  /** What a model orders by. */
  String ordering(boolean folds) {
    String converted = "CONVERT(%s USING utf8mb4)".formatted(name);
    return folds ? "CAST(%s AS BINARY)".formatted(Folding.fold(converted)) : ordered(name);
  }

  /** What a model compares by, so that texts stand in the order of their bytes. */
  String ordered(String value) {
    return text() ? "CAST(CONVERT(%s USING utf8mb4) AS BINARY)".formatted(value) : value;
  }
}
