package io.bindery.itests.plans;

import java.util.List;
import java.util.stream.Collectors;

/** The mapper of a table's source, as its author would write it. */
final class MapperText {
  private MapperText() {}

  static String of(Table table) {
    return """
    package demo;
    import org.apache.ibatis.annotations.*;
    interface M%s {
    %s%s
    }
    """
        .formatted(
            table.name(), rows(table), table.by().isEmpty() ? "" : new Groups(table).method());
  }

  private static String rows(Table table) {
    Narrowing narrowing = Narrowing.of(table);
    String pushed = "";
    String limit = "";
    if (table.pushes()) {
      table.fields().forEach(narrowing::range);
      narrowing.parameter("limit", "Long");
      narrowing.parameter("columns", "java.util.Set<String>");
      limit = "<if test='limit != null'>LIMIT #{limit}</if>";
      pushed =
          ", limit = \"limit\", columns = \"columns\", ranges = {%s}"
              .formatted(quoted(table.fields().stream().map(Field::name).toList()));
    }
    return """
      @io.bindery.model.Source(name = "%s", key = {%s}, order = {%s}%s)
      @Select(\"""
        <script>
        SELECT id, %s FROM %s WHERE %s
        ORDER BY %s %s
        </script>\""")
      org.apache.ibatis.cursor.Cursor<%s> rows(%s);
    """
        .formatted(
            table.name(),
            quoted(table.keyed() ? List.of("id") : List.of()),
            quoted(table.order()),
            pushed,
            table.fields().stream()
                .map(field -> column(table, field))
                .collect(Collectors.joining(", ")),
            table.name(),
            narrowing.where(),
            ordering(table),
            limit,
            table.type(),
            narrowing.parameters());
  }

  static String quoted(List<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
  }

  private static String column(Table table, Field field) {
    return table.pushes() && field.nullable()
        ? "<choose><when test='columns == null or columns.contains(\"%1$s\")'>%1$s</when><otherwise>NULL AS %1$s</otherwise></choose>"
            .formatted(field.name())
            .replace("\"", "\\\"")
        : field.name();
  }

  /** Of a source without an order, rows come in one that nobody would guess. */
  private static String ordering(Table table) {
    return table.order().isEmpty()
        ? "SHA1(CONCAT(id, DATABASE()))"
        : table.orderBy(table.order(), true);
  }
}
