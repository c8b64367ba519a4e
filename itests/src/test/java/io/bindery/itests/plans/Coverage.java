package io.bindery.itests.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
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
          "order as given",
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
          "coalesce",
          "aggregate over aggregate",
          "optional",
          "key smallint",
          "key int",
          "key bigint",
          "key unsigned",
          "key decimal",
          "key float",
          "key double",
          "key varchar",
          "key char",
          "key date",
          "key time",
          "key datetime",
          "key timestamp",
          "key boolean",
          "key bytes",
          "key bind_key",
          "key id",
          "key computed",
          "key ignoring case",
          "order ignoring case",
          "list",
          "list in an order of its own",
          "pages",
          "refused without a disk",
          "spilled sorting",
          "spilled grouping",
          "spilled merging",
          "groups of the database",
          "spilled distinct",
          "pushed parameter",
          "pushed range",
          "pushed limit",
          "pushed columns",
          "parameter through an aggregate");

  private final Map<String, Integer> counts = new TreeMap<>();

  void add(Set<String> covered) {
    covered.forEach(what -> counts.merge(what, 1, Integer::sum));
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
