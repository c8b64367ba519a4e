package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows of a table in groups that its database makes: a second source of the same mapper. */
final class Groups {
  /** What databases compare and add as aggregates do. */
  private static final Set<ColumnType> ALIKE =
      Set.of(
          ColumnType.INTEGER,
          ColumnType.DECIMAL,
          ColumnType.DATE,
          ColumnType.TIME,
          ColumnType.DATETIME,
          ColumnType.INSTANT);

  private final Table table;
  private final List<Field> by;

  /** The states, such as {@code sum(i)}, with the Java type of each. */
  private final Map<String, String> states = new LinkedHashMap<>();

  Groups(Table table) {
    this.table = table;
    this.by = table.by().stream().map(table::field).toList();
    states.put("count()", "long");
    table.fields().stream().filter(field -> !by.contains(field)).forEach(this::add);
  }

  private void add(Field field) {
    String name = field.name();
    if (field.nullable() && field.kind().type != ColumnType.BOOLEAN) {
      states.put("count(%s)".formatted(name), "long");
    }
    if (!ALIKE.contains(field.kind().type)) {
      return;
    }
    if (field.small()) {
      Kind wide = field.kind() == Kind.INT ? Kind.BIGINT : field.kind();
      states.put("sum(%s)".formatted(name), wide.java(field.nullable()));
    }
    states.put("min(%s)".formatted(name), field.kind().java(field.nullable()));
    states.put("max(%s)".formatted(name), field.kind().java(field.nullable()));
  }

  String type() {
    return "G" + table.name();
  }

  private static String column(String state) {
    return state.replaceAll("\\W", "");
  }

  /** The record of a group. */
  String record() {
    List<String> components = new ArrayList<>();
    by.forEach(field -> components.add(field.kind().java(field.nullable()) + " " + field.name()));
    states.forEach((state, java) -> components.add(java + " " + column(state)));
    return "package demo; record %s(%s) {}".formatted(type(), String.join(", ", components));
  }

  /** The mapper's method. */
  String method() {
    Narrowing narrowing = Narrowing.of(table);
    String ranges = "";
    if (table.pushes()) {
      by.forEach(narrowing::range);
      ranges = ", ranges = {%s}".formatted(MapperText.quoted(table.by()));
    }
    List<String> order =
        table.order().stream()
            .takeWhile(key -> table.by().contains(key.split(" ", -1)[0]))
            .toList();
    String columns = String.join(", ", table.by());
    return """
      @io.bindery.model.Source(name = "%sg", order = {%s}%s)
      @io.bindery.model.PreGrouped(of = "%s", by = {%s}, states = {%s})
      @Select(\"""
        <script>
        SELECT %s, %s FROM %s WHERE %s
        GROUP BY %s, %s %s
        </script>\""")
      org.apache.ibatis.cursor.Cursor<%s> groups(%s);
    """
        .formatted(
            table.name(),
            MapperText.quoted(order),
            ranges,
            table.name(),
            MapperText.quoted(table.by()),
            MapperText.quoted(
                states.keySet().stream().map(state -> state + " as " + column(state)).toList()),
            columns,
            states.keySet().stream()
                .map(state -> state.replace("()", "(*)") + " AS " + column(state))
                .collect(Collectors.joining(", ")),
            table.name(),
            narrowing.where(),
            columns,
            by.stream().map(field -> field.ordering(false)).collect(Collectors.joining(", ")),
            order.isEmpty() ? "" : "ORDER BY " + table.orderBy(order, true),
            type(),
            narrowing.parameters());
  }
}
