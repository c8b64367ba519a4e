package io.bindery.drops.internal;

import io.bindery.error.MessageText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file's text: java properties syntax, taken as it stands. Nothing is interpolated.
 *
 * @param lines the file's logical lines in order
 * @param problems what is wrong with it, each with its line, without values
 */
record ConfigurationText(List<Line> lines, List<String> problems) {
  /** Keys that ConfigAdmin or the file's own name sets. */
  private static final Set<String> RESERVED =
      Set.of("service.pid", "service.factorypid", "service.bundlelocation", "drops.file");

  private static final int LONGEST_KEY = 100;
  private static final String BLANKS = " \t\f";

  /**
   * A logical line.
   *
   * @param raw the physical lines as they stand, without the last line's end
   * @param key the key, or null for a comment or an empty line
   * @param value the value; empty for a comment
   */
  record Line(String raw, @Nullable String key, String value) {}

  static ConfigurationText parse(String text) {
    List<Line> lines = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Map<String, Integer> firstLine = new LinkedHashMap<>();
    String[] physical = text.split("\r\n|\r|\n", -1);
    int count = physical[physical.length - 1].isEmpty() ? physical.length - 1 : physical.length;
    for (int i = 0; i < count; i++) {
      int number = i + 1;
      String raw = physical[i];
      String start = stripLeading(raw);
      if (start.isEmpty() || start.charAt(0) == '#' || start.charAt(0) == '!') {
        lines.add(new Line(raw, null, ""));
        continue;
      }
      StringBuilder logical = new StringBuilder(start);
      StringBuilder whole = new StringBuilder(raw);
      while (endsInEscape(logical)) {
        logical.setLength(logical.length() - 1);
        if (i + 1 >= count) {
          break;
        }
        i++;
        logical.append(stripLeading(physical[i]));
        whole.append('\n').append(physical[i]);
      }
      try {
        Line line = entry(whole.toString(), logical.toString());
        check(line, number, firstLine, problems);
        lines.add(line);
      } catch (IllegalArgumentException e) {
        problems.add("line " + number + ": " + e.getMessage());
      }
    }
    return new ConfigurationText(List.copyOf(lines), List.copyOf(problems));
  }

  private static void check(
      Line line, int number, Map<String, Integer> firstLine, List<String> problems) {
    String key = line.key() == null ? "" : line.key();
    String folded = key.toLowerCase(Locale.ROOT);
    String shown = MessageText.of(key, LONGEST_KEY);
    Integer first = firstLine.putIfAbsent(folded, number);
    if (key.isEmpty()) {
      problems.add("line " + number + ": no key before the separator; write 'key = value'");
    } else if (first != null) {
      problems.add(
          "line " + number + ": key '" + shown + "' again, first in line " + first + "; keep one");
    } else if (RESERVED.contains(folded)) {
      problems.add(
          "line " + number + ": key '" + shown + "' is set by the file's name; delete the line");
    }
  }

  private static Line entry(String raw, String logical) {
    int end = 0;
    while (end < logical.length() && !isKeyEnd(logical.charAt(end))) {
      end += logical.charAt(end) == '\\' ? 2 : 1;
    }
    end = Math.min(end, logical.length());
    int value = skipBlanks(logical, end);
    if (value < logical.length()
        && (logical.charAt(value) == '=' || logical.charAt(value) == ':')) {
      value = skipBlanks(logical, value + 1);
    }
    return new Line(raw, unescape(logical.substring(0, end)), unescape(logical.substring(value)));
  }

  private static boolean isKeyEnd(char c) {
    return c == '=' || c == ':' || BLANKS.indexOf(c) >= 0;
  }

  /** Resolves escapes and drops trailing blanks that are not escaped. */
  private static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    int keep = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        keep = BLANKS.indexOf(c) < 0 ? out.length() : keep;
        continue;
      }
      if (++i == text.length()) {
        break;
      }
      char escaped = text.charAt(i);
      if (escaped == 'u') {
        out.append(unicode(text, i + 1));
        i += 4;
      } else {
        out.append(
            switch (escaped) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 'f' -> '\f';
              default -> escaped;
            });
      }
      keep = out.length();
    }
    out.setLength(keep);
    return out.toString();
  }

  private static char unicode(String text, int at) {
    if (at + 4 <= text.length()) {
      String digits = text.substring(at, at + 4);
      if (digits.matches("[0-9A-Fa-f]{4}")) {
        return (char) Integer.parseInt(digits, 16);
      }
    }
    throw new IllegalArgumentException(
        "'\\u' without four hexadecimal digits; write '\\\\u' for a backslash and a 'u'");
  }

  private static String stripLeading(String line) {
    return line.substring(skipBlanks(line, 0));
  }

  private static int skipBlanks(String line, int from) {
    int i = from;
    while (i < line.length() && BLANKS.indexOf(line.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }

  private static boolean endsInEscape(CharSequence line) {
    int backslashes = 0;
    for (int i = line.length() - 1; i >= 0 && line.charAt(i) == '\\'; i--) {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  /** Values by key, in the file's order. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    for (Line line : lines) {
      if (line.key() != null) {
        values.putIfAbsent(line.key(), line.value());
      }
    }
    return values;
  }

  /**
   * The text that holds these values and no others. Comments, order and the lines of unchanged
   * values stay as they are; new keys come last.
   */
  String with(Map<String, String> values) {
    Map<String, String> left = new LinkedHashMap<>(values);
    StringBuilder out = new StringBuilder();
    for (Line line : lines) {
      if (line.key() == null) {
        out.append(line.raw()).append('\n');
        continue;
      }
      String value = left.remove(line.key());
      if (value != null) {
        out.append(value.equals(line.value()) ? closed(line.raw()) : written(line.key(), value));
        out.append('\n');
      }
    }
    left.forEach((key, value) -> out.append(written(key, value)).append('\n'));
    return out.toString();
  }

  /** A last line that ends in a backslash would swallow what is written after it. */
  private static String closed(String raw) {
    return endsInEscape(raw) ? raw.substring(0, raw.length() - 1) : raw;
  }

  private static String written(String key, String value) {
    return escape(key, true) + " = " + escape(value, false);
  }

  private static String escape(String text, boolean key) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean edge = i == 0 || i == text.length() - 1;
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\f' -> out.append("\\f");
        case ' ' -> out.append(key || edge ? "\\ " : " ");
        case '=', ':' -> out.append(key ? "\\" : "").append(c);
        case '#', '!' -> out.append(key && i == 0 ? "\\" : "").append(c);
        default -> {
          if (Character.isISOControl(c)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }
}
