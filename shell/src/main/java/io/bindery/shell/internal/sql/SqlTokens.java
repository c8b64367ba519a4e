package io.bindery.shell.internal.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Parts a statement into words and symbols as its database does. A string is one token without its
 * text, a quoted name one with its quotes, comments are none. In doubt a word is found rather than
 * missed.
 */
final class SqlTokens {
  /** Stands for a string. */
  static final String STRING = "''";

  /** Stands for a name whose letters may be written as numbers, {@code U&"..."}. */
  static final String CODED_NAME = "U&\"\"";

  /** Stands for a number. */
  static final String NUMBER = "0";

  private final String sql;
  private final SqlDialect dialect;
  private final boolean escapes;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private SqlTokens(String sql, SqlDialect dialect, boolean escapes) {
    this.sql = sql;
    this.dialect = dialect;
    this.escapes = escapes;
  }

  /** The text cannot be parted, or hides what it does. */
  static final class UnclearException extends Exception {
    private static final long serialVersionUID = 1L;

    UnclearException(String reason) {
      super(reason);
    }
  }

  /**
   * The tokens of a text; words in upper case, quoted names too, whose quotes are all {@code "}.
   *
   * @param escapes whether a backslash in a string takes the next character's meaning away, which
   *     depends on the server's settings
   */
  static List<String> of(String sql, SqlDialect dialect, boolean escapes) throws UnclearException {
    SqlTokens scanner = new SqlTokens(sql, dialect, escapes);
    while (scanner.at < sql.length()) {
      scanner.next();
    }
    return scanner.tokens;
  }

  private void next() throws UnclearException {
    boolean mysql = dialect == SqlDialect.MYSQL;
    char c = sql.charAt(at);
    if (c <= ' ') {
      at++;
    } else if (sql.startsWith("/*", at)) {
      comment();
    } else if (mysql && c == '#' || dashes()) {
      while (at < sql.length() && sql.charAt(at) != '\n') {
        at++;
      }
    } else if (c == '\'') {
      quoted(c, escapes || afterLetterE());
      tokens.add(STRING);
    } else if (c == '"') {
      // to MySQL it is a string, or a name in the mode ANSI_QUOTES
      tokens.add(name(quoted(c, mysql && escapes)));
    } else if (mysql && c == '`') {
      tokens.add(name(quoted(c, false)));
    } else if (!mysql && sql.regionMatches(true, at, "U&\"", 0, 3)) {
      at += 2;
      quoted('"', false);
      tokens.add(CODED_NAME);
    } else if (c >= '0' && c <= '9') {
      number();
    } else if (c == '$' && !mysql) {
      dollar();
    } else if (isWord(c)) {
      word();
    } else {
      tokens.add(String.valueOf(c));
      at++;
    }
  }

  /** Two hyphens begin a comment; MySQL wants a blank after them. */
  private boolean dashes() {
    if (!sql.startsWith("--", at)) {
      return false;
    }
    return dialect != SqlDialect.MYSQL || at + 2 == sql.length() || sql.charAt(at + 2) <= ' ';
  }

  private void comment() throws UnclearException {
    boolean mysql = dialect == SqlDialect.MYSQL;
    if (mysql && (sql.startsWith("/*!", at) || sql.regionMatches(true, at, "/*M!", 0, 4))) {
      throw new UnclearException("the server runs what stands in a comment /*! ... */");
    }
    int depth = 0;
    do {
      if (sql.startsWith("/*", at) && (depth == 0 || !mysql)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else if (at >= sql.length()) {
        throw new UnclearException("a comment is not closed");
      } else {
        at++;
      }
    } while (depth > 0);
  }

  private static String name(String word) {
    return '"' + word.toUpperCase(Locale.ROOT) + '"';
  }

  /** Goes behind a closing quote. Returns what stands between. */
  private String quoted(char quote, boolean backslash) throws UnclearException {
    int start = at + 1;
    for (at++; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (c == '\\' && backslash) {
        at++;
      } else if (c == quote) {
        at++;
        if (at == sql.length() || sql.charAt(at) != quote) {
          return sql.substring(start, at - 1);
        }
      }
    }
    throw new UnclearException("a quote " + quote + " is not closed");
  }

  /** PostgreSQL's {@code E'...'} always has escapes. */
  private boolean afterLetterE() {
    boolean letter = at > 0 && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E');
    return dialect == SqlDialect.STANDARD && letter && (at == 1 || !isWord(sql.charAt(at - 2)));
  }

  /** What follows a number at once is a word of its own: in {@code 1.INTO} the server sees INTO. */
  private void number() {
    digits();
    if (at < sql.length() && sql.charAt(at) == '.') {
      at++;
      digits();
    }
    int exponent = at + 1;
    if (at < sql.length() && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E')) {
      if (exponent < sql.length() && "+-".indexOf(sql.charAt(exponent)) >= 0) {
        exponent++;
      }
      if (exponent < sql.length() && Character.isDigit(sql.charAt(exponent))) {
        at = exponent;
        digits();
      }
    }
    tokens.add(NUMBER);
  }

  private void digits() {
    while (at < sql.length() && sql.charAt(at) >= '0' && sql.charAt(at) <= '9') {
      at++;
    }
  }

  private void dollar() throws UnclearException {
    int end = sql.indexOf('$', at + 1);
    String tag = end < 0 ? "" : sql.substring(at, end + 1);
    if (!tag.matches("\\$([A-Za-z_\\x80-\\uFFFF][\\w\\x80-\\uFFFF]*)?\\$")) {
      tokens.add("$");
      at++;
      return;
    }
    int close = sql.indexOf(tag, end + 1);
    if (close < 0) {
      throw new UnclearException("a quote " + tag + " is not closed");
    }
    tokens.add(STRING);
    at = close + tag.length();
  }

  private void word() throws UnclearException {
    int start = at;
    while (at < sql.length() && (isWord(sql.charAt(at)) || Character.isDigit(sql.charAt(at)))) {
      at++;
    }
    String word = sql.substring(start, at);
    if (dialect == SqlDialect.MYSQL && word.startsWith("$") && word.indexOf('$', 1) > 0) {
      throw new UnclearException("a dollar quote is read differently from server to server");
    }
    tokens.add(word.toUpperCase(Locale.ROOT));
  }

  private static boolean isWord(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c >= 0x80;
  }
}
