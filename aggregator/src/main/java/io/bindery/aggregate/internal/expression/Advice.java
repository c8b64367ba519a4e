package io.bindery.aggregate.internal.expression;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What to write instead of such SQL as an expression does not have. */
final class Advice {
  private static final Map<Pattern, String> INSTEAD =
      Map.of(
          sql("=="),
          "for '==' write =",
          sql("\\blike\\b"),
          "for 'like' write starts_with(column, 'text') or contains(column, 'text')",
          sql("\\bbetween\\b"),
          "for 'between' write column >= 1 and column <= 9",
          sql("\\bin\\s*\\("),
          "for 'in' write column = 'a' or column = 'b'",
          sql("\\bcount\\s*\\(\\s*\\*\\s*\\)"),
          "for 'count(*)' write count()",
          sql("\\b\\d{4}-\\d\\d-\\d\\dT\\d"),
          "write a date or time in quotes, such as '2026-01-31T12:00:00'");

  private Advice() {}

  private static Pattern sql(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }

  /**
   * The advice for an expression that cannot be read, or null when there is none.
   *
   * @param code the expression without the contents of its texts
   * @param reason why it cannot be read
   */
  static @Nullable String of(String code, String reason) {
    if (reason.startsWith("closing quote not found")) {
      return "a text ends with a quote; a quote inside of it is written twice: 'O''Brien'";
    }
    return INSTEAD.entrySet().stream()
        .filter(sql -> sql.getKey().matcher(code).find())
        .map(Map.Entry::getValue)
        .sorted()
        .findFirst()
        .orElse(null);
  }
}
