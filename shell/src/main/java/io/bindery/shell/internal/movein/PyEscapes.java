package io.bindery.shell.internal.movein;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a backslash means in a Python string. */
final class PyEscapes {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(\n|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-7]{1,3}|.)");

  private PyEscapes() {}

  /** The value of what stands between the quotes of a string that is not raw. */
  static String decoded(String inside) {
    if (inside.indexOf('\\') < 0) {
      return inside;
    }
    return ESCAPE
        .matcher(inside)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
  }

  private static String value(String escape) {
    char first = escape.charAt(0);
    if (escape.length() > 1 && first != 'x' && first != 'u' || first >= '0' && first <= '7') {
      return String.valueOf((char) Integer.parseInt(escape, 8));
    }
    if (escape.length() > 1) {
      return String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
    }
    return switch (first) {
      case '\n' -> "";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case '\\', '\'', '"' -> escape;
      default -> "\\" + escape;
    };
  }
}
