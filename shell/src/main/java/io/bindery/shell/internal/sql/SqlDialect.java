package io.bindery.shell.internal.sql;

import java.util.Locale;

/** How a database parts a text into words, strings and comments. */
public enum SqlDialect {
  /** MySQL and MariaDB: backslashes in strings, backticks, {@code #} begins a comment. */
  MYSQL,
  /** PostgreSQL and others near the standard: dollar quotes, comments within comments. */
  STANDARD;

  /**
   * The dialect of a kind of database.
   *
   * @param databaseId as a lease tells it
   */
  public static SqlDialect of(String databaseId) {
    String lower = databaseId.toLowerCase(Locale.ROOT);
    return lower.equals("mysql") || lower.equals("mariadb") ? MYSQL : STANDARD;
  }
}
