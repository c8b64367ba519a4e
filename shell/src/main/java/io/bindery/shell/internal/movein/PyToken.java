package io.bindery.shell.internal.movein;

/**
 * A token of a Python text.
 *
 * @param kind what it is
 * @param text a name, a number or an operator; a string's value; of a format string what stands
 *     between its quotes; why the text is bad
 * @param line where it stands, from 1
 */
record PyToken(Kind kind, String text, int line) {
  enum Kind {
    NAME,
    TEXT,
    FORMAT,
    NUMBER,
    OPERATOR,
    BAD
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }
}
