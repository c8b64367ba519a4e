package io.bindery.mybatis.internal;

import java.util.Locale;

/** Who reads the rows of flat results. */
enum RowReading {
  /** Readers that are compiled once for each statement. */
  COMPILED,
  /** MyBatis itself. */
  MYBATIS;

  /** As it is written in the settings. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
