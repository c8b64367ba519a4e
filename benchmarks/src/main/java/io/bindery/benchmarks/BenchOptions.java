package io.bindery.benchmarks;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is measured.
 *
 * @param customers how many the company has; five orders and two tickets each
 * @param rounds how many are measured
 * @param warmUps how many go before
 * @param asked how many look-ups a round has
 * @param urls of three databases, none for embedded ones
 * @param workloads which
 * @param starts how many starts of a host and drops into one are measured
 * @param binds how many idle binds
 */
record BenchOptions(
    int customers,
    int rounds,
    int warmUps,
    int asked,
    List<String> urls,
    Set<Workload> workloads,
    int starts,
    int binds) {
  static final String USAGE =
      """
      options: --customers N (100000)   five orders and two tickets each
               --rounds N (5)           measured rounds of each workload
               --warm-ups N (3)         rounds before them
               --asked N (4000)         look-ups a round
               --only W,W (all)         records, sorted, countries, rows, lookups, calls, or none
               --starts N (7)           starts of a host and drops into it; 0 for none
               --binds N (1000)         idle binds; 0 for none
               --url URL, three times   databases for customers, orders and tickets on running
                                        servers, such as mysql://user:password@host/crm; an empty
                                        one is filled
      """;

  static BenchOptions parse(List<String> words) {
    int customers = 100_000;
    int rounds = 5;
    int warmUps = 3;
    int asked = 4_000;
    int starts = 7;
    int binds = 1_000;
    List<String> urls = new ArrayList<>();
    Set<Workload> workloads = EnumSet.allOf(Workload.class);
    for (int i = 0; i < words.size(); i += 2) {
      if (i + 1 == words.size()) {
        throw new IllegalArgumentException(words.get(i) + ": there is no value");
      }
      String value = words.get(i + 1);
      switch (words.get(i)) {
        case "--customers" -> customers = Integer.parseInt(value);
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--warm-ups" -> warmUps = Integer.parseInt(value);
        case "--asked" -> asked = Integer.parseInt(value);
        case "--starts" -> starts = Integer.parseInt(value);
        case "--binds" -> binds = Integer.parseInt(value);
        case "--url" -> urls.add(value);
        case "--only" -> {
          workloads.clear();
          for (String each : value.equals("none") ? new String[0] : value.split(",")) {
            workloads.add(Workload.valueOf(each.toUpperCase(Locale.ROOT)));
          }
        }
        default -> throw new IllegalArgumentException("unknown option " + words.get(i));
      }
    }
    if (!urls.isEmpty() && urls.size() != 3) {
      throw new IllegalArgumentException("--url: three are needed, not " + urls.size());
    }
    return new BenchOptions(customers, rounds, warmUps, asked, urls, workloads, starts, binds);
  }
}
