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
 * @param pages in how many pages it is read too, or 0
 * @param paged whether its pages must have a next one up to the last row
 * @param limited whether it is also run with little memory, under {@link #TIGHT} and {@link
 *     #SPILLED} behind its name
 * @param grouped whether it is also run on groups that databases make, under {@link #GROUPED}
 */
record Plan(
    String name,
    Map<String, Map<String, String>> aggregates,
    Map<String, Literal> parameters,
    Rel expected,
    Set<String> lacking,
    Set<String> covers,
    int pages,
    boolean paged,
    boolean limited,
    boolean grouped) {
  /** Behind the name of the aggregate that must not hold much. */
  static final String TIGHT = "_tight";

  /** Behind the name of the aggregate that must not hold much, but may write to the disk. */
  static final String SPILLED = "_spilled";

  /** Behind the name of the aggregate that reads groups which databases make, where it can. */
  static final String GROUPED = "_grouped";

  String command() {
    return command("");
  }

  /** The command that runs the aggregate with something behind its name. */
  String command(String variant) {
    return "aggregate:run " + asked(variant) + " --format csv";
  }

  /**
   * Whether it is asked what its sources are told: where a limit, a range or a parameter may be.
   */
  boolean explained() {
    return covers.contains("order as given")
        || covers.contains("parameter")
        || covers.contains("where") && name.hashCode() % 2 == 0;
  }

  String explain() {
    return "aggregate:explain " + asked("");
  }

  private String asked(String variant) {
    String narrowed =
        parameters.entrySet().stream()
            .map(parameter -> " '" + parameter.getKey() + "=" + parameter.getValue().cfg() + "'")
            .collect(Collectors.joining());
    return name + variant + narrowed;
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
                    ? "q.`" + word.substring(0, word.length() - 5) + "` DESC"
                    : "q.`" + word + "`")
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
