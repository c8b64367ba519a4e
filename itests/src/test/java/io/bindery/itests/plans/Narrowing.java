package io.bindery.itests.plans;

import java.util.ArrayList;
import java.util.List;

/** What a mapper's method takes to narrow its rows, and the conditions of its statement. */
final class Narrowing {
  private final List<String> where = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();

  /** Narrows by each parameter that a table's sources take. */
  static Narrowing of(Table table) {
    Narrowing narrowing = new Narrowing();
    table
        .parameters()
        .forEach(
            field ->
                narrowing.condition(
                    field.name(), field, field.name(), "=", "#{" + field.name() + "}"));
    return narrowing;
  }

  /** Adds a parameter that is no condition. */
  void parameter(String name, String type) {
    parameters.add("@Param(\"%s\") %s %s".formatted(name, type, name));
  }

  /** Adds the two ends of a stretch of a column. */
  void range(Field field) {
    String from = "from_" + field.name();
    String to = "to_" + field.name();
    String column = field.ordering(false);
    condition(from, field, column, "&gt;=", field.ordered("#{" + from + "}"));
    condition(to, field, column, "&lt;=", field.ordered("#{" + to + "}"));
  }

  private void condition(
      String parameter, Field field, String column, String operator, String value) {
    where.add(
        "<if test='%s != null'>AND %s %s %s</if>".formatted(parameter, column, operator, value));
    parameter(parameter, field.kind().java(true));
  }

  /** The condition, which any may follow. */
  String where() {
    return "TRUE " + String.join(" ", where);
  }

  /** The method's parameters. */
  String parameters() {
    return String.join(", ", parameters);
  }
}
