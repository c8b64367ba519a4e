package io.bindery.itests.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often each operator, type of key and kind of join stood in a plan whose answer was right. */
final class Coverage {
  /** What each run must have covered. */
  static final List<String> WANTED =
      List.of(
          "union",
          "distinct",
          "filter and project",
          "filter",
          "where",
          "select",
          "computed",
          "parameter",
          "limit",
          "offset",
          "order by one",
          "order by several",
          "merge full",
          "merge left",
          "merge inner",
          "merge rows",
          "merge sums",
          "merge ordered",
          "merge hashed",
          "several keys",
          "key of unlike types",
          "group ordered",
          "group hashed",
          "one group",
          "count",
          "sum",
          "min",
          "max",
          "avg",
          "aggregate over aggregate",
          "optional",
          "key int",
          "key bigint",
          "key decimal",
          "key double",
          "key varchar",
          "key char",
          "key date",
          "key time",
          "key datetime",
          "key timestamp",
          "key boolean",
          "key ignoring case",
          "order ignoring case");

  private final Map<String, Integer> counts = new TreeMap<>();

  void add(Plan plan) {
    plan.covers().forEach(what -> counts.merge(what, 1, Integer::sum));
  }

  void requireEach(int least) {
    Map<String, Integer> few = new TreeMap<>();
    for (String what : WANTED) {
      int count = counts.getOrDefault(what, 0);
      if (count < least) {
        few.put(what, count);
      }
    }
    assertThat(few).as("covered less than %d times; all: %s", least, this).isEmpty();
  }

  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(count -> count.getKey() + " " + count.getValue())
        .collect(Collectors.joining(", "));
  }
}
