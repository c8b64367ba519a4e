package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The streaming operators give what the ones in memory give, on any data. */
final class PropertyTest {
  private static final Comparator<@Nullable Object[]> BY_KEY =
      (a, b) -> {
        if (a[0] == null || b[0] == null) {
          return a[0] == b[0] ? 0 : a[0] == null ? -1 : 1;
        }
        return Arrays.compareUnsigned(
            ((String) a[0]).getBytes(StandardCharsets.UTF_8),
            ((String) b[0]).getBytes(StandardCharsets.UTF_8));
      };

  static List<Long> seeds() {
    long first = System.nanoTime();
    List<Long> seeds = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      seeds.add(first + i);
    }
    return seeds;
  }

  private static String key(Random random) {
    String[] letters = {"a", "A", "ä", "Z", "\uFFFD", "\uD83D\uDE00", "é", "_"};
    StringBuilder key = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      key.append(letters[random.nextInt(letters.length)]);
    }
    return key.toString();
  }

  private static List<@Nullable Object[]> rows(Random random) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      String key = random.nextInt(12) == 0 ? null : key(random);
      BigDecimal amount =
          random.nextInt(9) == 0 ? null : BigDecimal.valueOf(random.nextInt(10_000), 2);
      rows.add(new Object[] {key, amount, (long) random.nextInt(5)});
    }
    return rows;
  }

  /** The same data twice: as it comes, and sorted with the order declared. */
  private static void offer(FakeHost hashed, FakeHost ordered, Random random) {
    for (String source : List.of("a", "b", "c")) {
      for (int bind = random.nextInt(3); bind >= 0; bind--) {
        String columns = "k:TEXT? " + source + "_amount:DECIMAL? " + source + "_n:INTEGER";
        List<@Nullable Object[]> rows = rows(random);
        List<@Nullable Object[]> sorted = new ArrayList<>(rows);
        sorted.sort(BY_KEY);
        hashed.offer(new FakeSource(source, "bind" + bind, columns).rows(rows));
        ordered.offer(new FakeSource(source, "bind" + bind, columns).orderedBy("k").rows(sorted));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void orderedAndHashedMergesAgree(long seed) {
    for (String join : List.of("full", "left", "inner")) {
      try (FakeHost hashed = new FakeHost();
          FakeHost ordered = new FakeHost()) {
        offer(hashed, ordered, new Random(seed));
        for (FakeHost host : List.of(hashed, ordered)) {
          host.define(
              "m",
              "merge = a, b, c",
              "key = k",
              "join = " + join,
              "select.a = count() as rows, sum(a_amount) as a_sum",
              "select.b = count(b_n > 2) as many, min(b_amount) as least, avg(b_n) as mean",
              "select.c = max(c_amount) as most, count(c_amount) as some");
        }
        assertThat(sorted(ordered.answer("m"))).isEqualTo(sorted(hashed.answer("m")));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void orderedAndHashedGroupsAgreeAndSoDoesAMap(long seed) {
    try (FakeHost hashed = new FakeHost();
        FakeHost ordered = new FakeHost()) {
      offer(hashed, ordered, new Random(seed));
      for (FakeHost host : List.of(hashed, ordered)) {
        host.define("g", "from = a", "group = k", "select = count() as n, sum(a_amount) as s");
      }
      List<String> answer = sorted(hashed.answer("g"));
      assertThat(sorted(ordered.answer("g"))).isEqualTo(answer);
      assertThat(answer).isEqualTo(groups(seed));
    }
  }

  private static List<String> groups(long seed) {
    Random random = new Random(seed);
    TreeMap<String, Long> counts = new TreeMap<>();
    TreeMap<String, BigDecimal> sums = new TreeMap<>();
    for (int bind = random.nextInt(3); bind >= 0; bind--) {
      for (@Nullable Object[] row : rows(random)) {
        String key = row[0] == null ? "-" : (String) row[0];
        counts.merge(key, 1L, Long::sum);
        if (row[1] != null) {
          sums.merge(key, (BigDecimal) row[1], BigDecimal::add);
        }
      }
    }
    List<String> lines = new ArrayList<>();
    counts.forEach((key, n) -> lines.add(key + "," + n + "," + sums.getOrDefault(key, null)));
    return sorted(lines.stream().map(line -> line.replace(",null", ",-")).toList());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void orderedAndSortedUnionsAgreeToTheRow(long seed) {
    try (FakeHost hashed = new FakeHost();
        FakeHost ordered = new FakeHost()) {
      offer(hashed, ordered, new Random(seed));
      for (FakeHost host : List.of(hashed, ordered)) {
        host.define("u", "union = a", "order = k, bind_key, a_n desc, a_amount");
        host.define(
            "top",
            "union = a",
            "order = k, bind_key, a_n desc, a_amount",
            "limit = 7",
            "offset = 2");
      }
      List<String> answer = hashed.answer("u");
      assertThat(ordered.answer("u")).isEqualTo(answer);
      List<String> top = answer.stream().skip(2).limit(7).toList();
      assertThat(hashed.answer("top")).isEqualTo(top);
      assertThat(ordered.answer("top")).isEqualTo(top);
    }
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
  }
}
