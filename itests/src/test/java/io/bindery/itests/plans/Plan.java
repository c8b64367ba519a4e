package io.bindery.itests.plans;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A question to the host, and what SQL says to it.
 *
 * @param name the aggregate that is run
 * @param aggregates the lines of each aggregate, by its name
 * @param parameters what it is narrowed by
 * @param expected the rows that must come
 * @param lacking the sources that fail and that the run can do without
 * @param covers what it covers
 */
record Plan(
    String name,
    Map<String, Map<String, String>> aggregates,
    Map<String, Literal> parameters,
    Rel expected,
    Set<String> lacking,
    Set<String> covers) {
  String command() {
    String narrowed =
        parameters.entrySet().stream()
            .map(parameter -> " '" + parameter.getKey() + "=" + parameter.getValue().cfg() + "'")
            .collect(Collectors.joining());
    return "aggregate:run " + name + narrowed + " --format csv";
  }

  /** The whole query: in sequence where there is one, else in what order was asked for. */
  String query() {
    String order =
        expected.ranked()
            ? " ORDER BY _rk"
            : expected.order().isEmpty() ? "" : " ORDER BY " + String.join(", ", quoted());
    return "SELECT %s FROM (%s) q%s"
        .formatted(
            expected.cols().stream()
                .map(col -> Cells.selected(col))
                .collect(Collectors.joining(", ")),
            expected.sql(),
            order);
  }

  private java.util.List<String> quoted() {
    return expected.order().stream()
        .map(
            word ->
                word.endsWith(" desc")
                    ? "`" + word.substring(0, word.length() - 5) + "` DESC"
                    : "`" + word + "`")
        .toList();
  }

  /** The plan as its files have it. */
  String text() {
    StringBuilder text = new StringBuilder();
    aggregates.forEach(
        (aggregate, lines) -> {
          text.append("# etc/bindery.aggregate-").append(aggregate).append(".cfg\n");
          lines.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        });
    return text.append("$ ").append(command()).toString();
  }
}
