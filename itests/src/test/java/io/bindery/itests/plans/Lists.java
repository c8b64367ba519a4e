package io.bindery.itests.plans;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Columns that are lists of rows: how SQL makes them, and both sides' brought into one form. */
final class Lists {
  private static final String NULL = "-";
  private static final Pattern FIELD =
      Pattern.compile("\"(\\w+)\":(\"(?:[^\"\\\\]|\\\\.)*\"|[^,}\\]\"]+)");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))");

  private Lists() {}

  /**
   * SQL's list: a row begins with a parenthesis, its values are written in hexadecimal.
   *
   * @param order what the rows are sorted by
   */
  static String call(List<Col> fields, String order) {
    return fields.stream()
        .map(field -> "COALESCE(HEX(%s), '%s')".formatted(Cells.text(field), NULL))
        .collect(
            Collectors.joining(
                ", ',', ",
                "GROUP_CONCAT(CONCAT('(', ",
                ") ORDER BY %s SEPARATOR ';')".formatted(order)));
  }

  /** A list as {@link #call} gives it. */
  static String ofSql(String text, List<Col> fields) {
    List<List<String>> rows = new ArrayList<>();
    for (String written : text.isEmpty() ? new String[0] : text.split(";", -1)) {
      String[] values = written.substring(1).split(",", -1);
      List<String> row = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        String value =
            values[i].equals(NULL)
                ? null
                : new String(
                    HexFormat.of().parseHex(values[i]), java.nio.charset.StandardCharsets.UTF_8);
        row.add(Cells.canonical(value, fields.get(i), false));
      }
      rows.add(row);
    }
    return rows.toString();
  }

  /** A list as the host prints it; as it is when it is not an array of objects of these fields. */
  static String ofJson(String json, List<Col> fields) {
    List<List<String>> rows = new ArrayList<>();
    StringBuilder again = new StringBuilder("[");
    Matcher matcher = FIELD.matcher(json);
    for (int i = 0; matcher.find(); i = (i + 1) % fields.size()) {
      if (i == 0) {
        again.append(rows.isEmpty() ? "{" : ",{");
        rows.add(new ArrayList<>());
      }
      again.append(i == 0 ? "" : ",").append(matcher.group());
      again.append(i == fields.size() - 1 ? "}" : "");
      String value = matcher.group(2);
      if (!matcher.group(1).equals(fields.get(i).name())) {
        return "not a list: " + json;
      }
      String read =
          value.equals("null")
              ? null
              : value.startsWith("\"") ? unescaped(value.substring(1, value.length() - 1)) : value;
      rows.get(rows.size() - 1).add(Cells.canonical(read, fields.get(i), true));
    }
    return again.append(']').toString().equals(json) ? rows.toString() : "not a list: " + json;
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) == null
                        ? found.group(2)
                        : "" + (char) Integer.parseInt(found.group(1), 16)));
  }
}
