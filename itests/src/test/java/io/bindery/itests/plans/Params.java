package io.bindery.itests.plans;

import java.util.Map;

/**
 * Where a parameter of a run narrows the answer, marked in SQL that is written before it is known.
 * What sources are told of it must not show.
 */
final class Params {
  private Params() {}

  /** In the answer, which compares exactly. */
  static String answer(String column) {
    return "/*answer " + column + "*/";
  }

  static String written(String sql, Map<String, Literal> parameters) {
    String written = sql;
    for (var parameter : parameters.entrySet()) {
      String equal = "AND `%s` = %s".formatted(parameter.getKey(), parameter.getValue().sql());
      written = written.replace(answer(parameter.getKey()), equal);
    }
    return written;
  }
}
