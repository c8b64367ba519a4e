package io.bindery.aggregate.internal.expression;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.AbstractList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Some rows as one value: a list of maps that is an array of arrays. Unmodifiable. */
public final class RowList extends AbstractList<Map<String, @Nullable Object>> {
  private final String[] names;
  private final Object[] rows;

  RowList(List<String> names, List<@Nullable Object[]> rows) {
    this(names.toArray(String[]::new), rows.toArray());
  }

  private RowList(String[] names, Object[] rows) {
    this.names = names;
    this.rows = rows;
  }

  /** The names and the rows, as {@link #unpacked} takes them. */
  public Object[] packed() {
    return new Object[] {names, rows};
  }

  /**
   * The list of which these are the names and the rows.
   *
   * @param packed what {@link #packed} gave; its texts may have come to lie in an array of objects
   */
  public static RowList unpacked(Object[] packed) {
    Object[] named = (Object[]) packed[0];
    String[] names = new String[named.length];
    System.arraycopy(named, 0, names, 0, names.length);
    return new RowList(names, (Object[]) packed[1]);
  }

  @Override
  public Map<String, @Nullable Object> get(int index) {
    @Nullable Object[] row = (Object[]) rows[index];
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      map.put(names[i], row[i]);
    }
    return Collections.unmodifiableMap(map);
  }

  @Override
  public int size() {
    return rows.length;
  }

  /** The list as a JSON array of objects. */
  @Override
  public String toString() {
    StringBuilder json = new StringBuilder("[");
    for (Object row : rows) {
      json.append(json.length() == 1 ? "{" : ",{");
      @Nullable Object[] values = (Object[]) row;
      for (int i = 0; i < names.length; i++) {
        quote(names[i], json.append(i == 0 ? "" : ","));
        value(values[i], json.append(':'));
      }
      json.append('}');
    }
    return json.append(']').toString();
  }

  private static void value(@Nullable Object value, StringBuilder json) {
    if (value instanceof BigDecimal decimal) {
      json.append(decimal.toPlainString());
    } else if (value == null
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof RowList
        || (value instanceof Double number && Double.isFinite(number))) {
      json.append(value);
    } else if (value instanceof byte[] bytes) {
      quote(Base64.getEncoder().encodeToString(bytes), json);
    } else if (value instanceof LocalDateTime moment) {
      quote(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(moment), json);
    } else if (value instanceof LocalTime time) {
      quote(DateTimeFormatter.ISO_LOCAL_TIME.format(time), json);
    } else {
      quote(value.toString(), json);
    }
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
