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
      case DATE, TIME, DATETIME, INSTANT, BYTES -> text(col) + " AS " + col.sql();
      default -> col.sql();
    };
  }

  /**
   * A null in SQL. Of a bare one MariaDB makes a DOUBLE, or a number without digits: where a query
   * has it from a query within, the mean of {@code COALESCE(c, 7)} is 0.999999.
   */
  static String nothing(ColumnType type) {
    return switch (type) {
      case INTEGER -> "CAST(NULL AS SIGNED)";
      case DECIMAL -> "CAST(NULL AS DECIMAL(60, 15))";
      default -> "NULL";
    };
  }

  /** A value as text, whatever it is. */
  static String text(Col col) {
    return switch (col.type()) {
      case TEXT -> col.sql();
      case BYTES -> "TO_BASE64(" + col.sql() + ")";
      default -> "CAST(" + col.sql() + " AS CHAR)";
    };
  }

  /**
   * Equal for equal values of a column, whoever wrote them.
   *
   * @param host whether the host did, and not the database
   */
  static String canonical(@Nullable String text, Col col, boolean host) {
    if (text == null) {
      return NULL;
    }
    return switch (col.type()) {
      case BOOLEAN -> text.equals("1") ? "true" : text.equals("0") ? "false" : text;
      case INTEGER, DECIMAL -> decimal(new BigDecimal(text));
      // there is no zero below zero in an answer that somebody reads
      case DOUBLE -> Double.toString(Double.parseDouble(text) + 0.0);
      case TEXT -> "'" + text + "'";
      case DATE -> LocalDate.parse(text).toString();
      case TIME -> LocalTime.parse(text).toString();
      case DATETIME -> LocalDateTime.parse(text.replace(' ', 'T')).toString();
      case INSTANT -> LocalDateTime.parse(text.replace(' ', 'T').replace("Z", "")).toString();
      case BYTES -> text;
      case LIST -> host ? Lists.ofJson(text, col.fields()) : Lists.ofSql(text, col.fields());
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
