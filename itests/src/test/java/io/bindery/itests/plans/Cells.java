package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as the host and the database write them, brought into one form. */
final class Cells {
  private static final String NULL = "null";

  private Cells() {}

  /** A column of a query as text. */
  static String selected(Col col) {
    return switch (col.type()) {
      case DATE, TIME, DATETIME, INSTANT -> "CAST(%1$s AS CHAR) AS %1$s".formatted(col.sql());
      default -> col.sql();
    };
  }

  /** Equal for equal values of a type, whoever wrote them. */
  static String canonical(@Nullable String text, ColumnType type) {
    if (text == null) {
      return NULL;
    }
    return switch (type) {
      case BOOLEAN -> text.equals("1") ? "true" : text.equals("0") ? "false" : text;
      case INTEGER, DECIMAL -> decimal(new BigDecimal(text));
      // there is no zero below zero in an answer that somebody reads
      case DOUBLE -> Double.toString(Double.parseDouble(text) + 0.0);
      case TEXT -> "'" + text + "'";
      case DATE -> LocalDate.parse(text).toString();
      case TIME -> LocalTime.parse(text).toString();
      case DATETIME -> LocalDateTime.parse(text.replace(' ', 'T')).toString();
      case INSTANT -> LocalDateTime.parse(text.replace(' ', 'T').replace("Z", "")).toString();
      case BYTES, LIST -> text;
    };
  }

  private static String decimal(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /**
   * Reads a row of CSV.
   *
   * @return the fields; null for an empty one without quotes
   */
  static List<@Nullable String> fields(String line) {
    List<@Nullable String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    boolean inside = false;
    for (int i = 0; i <= line.length(); i++) {
      char c = i == line.length() ? ',' : line.charAt(i);
      if (inside && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        inside = !inside;
        quoted = true;
      } else if (c == ',' && !inside) {
        fields.add(field.length() == 0 && !quoted ? null : field.toString());
        field.setLength(0);
        quoted = false;
      } else {
        field.append(c);
      }
    }
    return fields;
  }
}
