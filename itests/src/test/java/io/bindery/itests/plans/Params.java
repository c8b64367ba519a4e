package io.bindery.itests.plans;

import java.util.Map;

/** Where a parameter of a run narrows rows, marked in SQL that is written before it is known. */
final class Params {
  private Params() {}

  /** In the statement of a source, which compares as its database does. */
  static String source(String column) {
    return "/*source " + column + "*/";
  }

  /** In the answer, which compares exactly. */
  static String answer(String column) {
    return "/*answer " + column + "*/";
  }

  static String written(String sql, Map<String, Literal> parameters) {
    String written = sql;
    for (var parameter : parameters.entrySet()) {
      String equal = "AND `%s` = %s".formatted(parameter.getKey(), parameter.getValue().sql());
      written =
          written
              .replace(source(parameter.getKey()), equal)
              .replace(answer(parameter.getKey()), equal);
    }
    return written;
  }
}
