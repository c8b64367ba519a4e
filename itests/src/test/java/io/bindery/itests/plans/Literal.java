package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.util.List;
import java.util.Random;

/**
 * A value as it is written in an aggregate and in SQL.
 *
 * @param cfg in an expression of an aggregate
 * @param sql in SQL
 */
record Literal(String cfg, String sql) {
  private static final List<String> PIECES =
      List.of(
          "a", "A", "b", "B", "ab", "aB", "ä", "Ä", "a\u0308", "é", "e", "E", "ß", "ss", "z", "Z",
          "_", "0", "日本", "中文", "ω", "Ω", "\uE000", "\uFF21", "\uFFFD", "😀", "𝒜", "ı", "k");
  private static final List<String> ODD =
      List.of("", " ", "a ", "a  ", "it's", "x,y", "\"q\"", "#", "a;b");

  static String text(Random random) {
    int which = random.nextInt(10);
    if (which == 0) {
      return ODD.get(random.nextInt(ODD.size()));
    }
    String text = PIECES.get(random.nextInt(PIECES.size()));
    return which < 4 ? text + PIECES.get(random.nextInt(8)) + (which == 1 ? " " : "") : text;
  }

  /** A text that needs no escape anywhere. */
  static String word(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static Literal of(ColumnType type, Random random) {
    int few = random.nextInt(7);
    return switch (type) {
      case BOOLEAN -> same("" + random.nextBoolean());
      case INTEGER -> same("" + few);
      case DECIMAL -> same(few + ".50");
      case DOUBLE -> new Literal(few + ".5", few + ".5e0");
      case TEXT -> {
        String text = random.nextInt(6) == 0 ? word(random) + " " : word(random);
        yield new Literal("'" + text + "'", quoted(text));
      }
      case DATE -> temporal("2026-01-0" + (few + 1), "DATE");
      case TIME -> temporal("13:0" + few + ":00", "TIME");
      case DATETIME -> temporal("2026-01-31T13:45:0" + few, "TIMESTAMP");
      case INSTANT ->
          new Literal(
              "'2026-03-29T0" + few + ":59:59Z'", "TIMESTAMP'2026-03-29 0" + few + ":59:59'");
      case BYTES, LIST -> throw new IllegalArgumentException("no " + type);
    };
  }

  private static Literal same(String text) {
    return new Literal(text, text);
  }

  private static Literal temporal(String text, String type) {
    return new Literal("'" + text + "'", type + "'" + text.replace('T', ' ') + "'");
  }
}
