package io.bindery.itests.plans;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The mapper of a table's source, as its author would write it. */
final class MapperText {
  private final Table table;
  private final List<String> where = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();

  private MapperText(Table table) {
    this.table = table;
  }

  static String of(Table table) {
    return new MapperText(table).text();
  }

  private String text() {
    for (Field field : table.parameters()) {
      condition(field.name(), field, field.name(), "=", "#{" + field.name() + "}");
    }
    String pushed = "";
    String limit = "";
    if (table.pushes()) {
      table.fields().forEach(this::range);
      parameters.add("@Param(\"limit\") Long limit");
      parameters.add("@Param(\"columns\") java.util.Set<String> columns");
      limit = "<if test='limit != null'>LIMIT #{limit}</if>";
      pushed =
          ", limit = \"limit\", columns = \"columns\", ranges = {%s}"
              .formatted(quoted(table.fields().stream().map(Field::name).toList()));
    }
    return """
    package demo;
    import org.apache.ibatis.annotations.*;
    interface M%s {
      @io.bindery.model.Source(name = "%s", key = {%s}, order = {%s}%s)
      @Select(\"""
        <script>
        SELECT id, %s FROM %s WHERE TRUE %s
        ORDER BY %s %s
        </script>\""")
      org.apache.ibatis.cursor.Cursor<%s> rows(%s);
    }
    """
        .formatted(
            table.name(),
            table.name(),
            quoted(table.keyed() ? List.of("id") : List.of()),
            quoted(table.order()),
            pushed,
            table.fields().stream().map(this::column).collect(Collectors.joining(", ")),
            table.name(),
            String.join(" ", where),
            ordering(),
            limit,
            table.type(),
            String.join(", ", parameters));
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
  }

  private void condition(
      String parameter, Field field, String column, String operator, String value) {
    where.add(
        "<if test='%s != null'>AND %s %s %s</if>".formatted(parameter, column, operator, value));
    parameters.add("@Param(\"%s\") %s %s".formatted(parameter, field.kind().java(true), parameter));
  }

  private void range(Field field) {
    String name = field.name();
    condition(
        "from_" + name,
        field,
        field.ordering(false),
        "&gt;=",
        field.ordered("#{from_" + name + "}"));
    condition(
        "to_" + name, field, field.ordering(false), "&lt;=", field.ordered("#{to_" + name + "}"));
  }

  private String column(Field field) {
    return table.pushes() && field.nullable()
        ? "<choose><when test='columns == null or columns.contains(\"%1$s\")'>%1$s</when><otherwise>NULL AS %1$s</otherwise></choose>"
            .formatted(field.name())
            .replace("\"", "\\\"")
        : field.name();
  }

  /** Of a source without an order, rows come in one that nobody would guess. */
  private String ordering() {
    return table.order().isEmpty() ? "SHA1(CONCAT(id, DATABASE()))" : table.orderBy(true);
  }
}
