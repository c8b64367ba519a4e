package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.held.HostMemory;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What does not fit into memory goes to the disk where that is allowed, and comes back the same.
 */
final class SpillTest {
  private static final int ROWS = 20_000;

  @TempDir private Path folder;

  private static FakeSource source(String name, String bind, long seed) {
    Random random = new Random(seed);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int key = random.nextInt(ROWS);
      rows.add(
          new Object[] {
            key % 97 == 0 ? null : "key." + key + "@example.org",
            BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(3)),
            (long) random.nextInt(1_000),
            random.nextInt(9) == 0 ? null : random.nextGaussian()
          });
    }
    String columns = "k:TEXT? %s_amount:DECIMAL %s_n:INTEGER %s_d:DOUBLE?";
    return new FakeSource(name, bind, columns.replace("%s", name)).rows(rows);
  }

  private FakeHost host() {
    return new FakeHost()
        .memory(new HostMemory(1L << 30, folder.resolve("tmp")))
        .offer(source("a", "one", 1), source("a", "two", 2), source("b", "one", 3))
        .offer(source("c", "one", 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "union = a | order = a_n desc, k, a_amount",
        "union = a | order = a_amount | limit = 15000 | offset = 100",
        "union = a | order = k, bind_key, a_n, a_d, a_amount",
        "union = a | distinct = k, a_amount",
        "union = a | distinct = k, a_amount | order = k, a_n, a_amount, bind_key, a_d",
        "union = a | distinct = a_amount, k | order = half, k, a_amount | select = k, a_n / 2 as half, a_amount, a_d, bind_key",
        "from = a | group = k | select = count() as n, sum(a_amount) as s, sum(a_d) as d, max(a_d) as m",
        "from = a | group = a_amount, a_n | select = avg(a_n) as mean, min(k) as least",
        "merge = a, b, c | key = k | join = full | select.a = count() as n, sum(a_amount) as s"
            + " | select.b = min(b_amount) as least, avg(b_n) as mean",
        "merge = a, b, c | key = k | select.b = b_n, b_d | select.c = sum(c_d) as d",
        "merge = a, b, c | key = k | join = inner | select.c = max(k) as most, count() as some",
        "merge = a, b, c | key = k | join = full",
        "merge = a, b | key = k | select.b = concat(k, ' and ', k, ' and ', k, ' and ', k) as long",
        "merge = a, b, c | key = k | join = full"
            + " | order = a_n, k, a_amount, a_d, b_n, b_amount, b_d, c_n, c_amount, c_d",
      })
  void whatIsSpilledComesBackTheSame(String definition) throws IOException {
    try (FakeHost host = host()) {
      host.define("held", definition.split(" \\| "));
      host.define(
          "spilled",
          (definition + " | memory.limit = 400 KiB | spill.limit = 1 GiB").split(" \\| "));
      host.define("refused", (definition + " | memory.limit = 400 KiB").split(" \\| "));
      boolean sorted = definition.contains("| order");

      assertThatThrownBy(() -> host.answer("refused")).hasMessageContaining("spill.limit");
      List<String> held = host.answer("held");
      List<String> spilled = host.answer("spilled");

      assertThat(sorted ? spilled : sorted(spilled)).isEqualTo(sorted ? held : sorted(held));
      assertThat(Files.list(folder.resolve("tmp"))).isEmpty();
    }
  }

  @Test
  void distinctRefusesAboveItsLimitAndSpillsThere() {
    try (FakeHost host = host()) {
      String[] lines = {"union = a", "distinct = k, a_amount, a_n", "limit = 1000000"};
      host.define("below", with(lines, "memory.limit = 8 MiB"));
      host.define("above", with(lines, "memory.limit = 300 KiB"));
      host.define("spilled", with(lines, "memory.limit = 300 KiB", "spill.limit = 1 GiB"));
      host.define("full", with(lines, "memory.limit = 300 KiB", "spill.limit = 100 KiB"));
      List<String> below = host.answer("below");

      assertThat(below).hasSizeGreaterThan(ROWS);
      assertThatThrownBy(() -> host.answer("above"))
          .hasMessageContaining("aggregate 'above': distinct holds")
          .hasMessageContaining("memory.limit = 300 KiB; narrow what is read")
          .hasMessageContaining("or set spill.limit, or raise memory.limit");
      assertThat(sorted(host.answer("spilled"))).isEqualTo(sorted(below));
      assertThatThrownBy(() -> host.answer("full")).hasMessageContaining("spill.limit = 100 KiB");
    }
  }

  @Test
  void ofTheRowsThatDistinctSpillsTheFirstStaysInTheOrderOfItsSource() {
    try (FakeHost host = new FakeHost().memory(new HostMemory(1L << 30, folder.resolve("tmp")))) {
      for (String bind : List.of("one", "two")) {
        host.offer(
            new FakeSource("s", bind, "id:INTEGER word:TEXT")
                .orderedBy("id")
                .rows(
                    asked ->
                        IntStream.range(0, ROWS)
                            .mapToObj(i -> new Object[] {(long) i, "word " + i * 7_919L % 15_000})
                            .iterator()));
      }
      host.define("held", "union = s", "order = id, bind_key", "distinct = word");
      host.define(
          "spilled",
          "union = s",
          "order = id, bind_key",
          "distinct = word",
          "memory.limit = 100 KiB",
          "spill.limit = 1 GiB");
      assertThat(host.answer("spilled")).hasSize(15_000).isEqualTo(host.answer("held"));
    }
  }

  @Test
  void aRowThatFitsNowhereIsRefusedWithoutAdvisingWhatIsSetAlready() {
    try (FakeHost host = new FakeHost().memory(new HostMemory(1L << 30, folder.resolve("tmp")))) {
      host.offer(new FakeSource("s", "one", "id:INTEGER text:TEXT").row(1, "x".repeat(100_000)));
      host.define("s", "union = s", "order = text", "memory.limit = 20 KiB", "spill.limit = 1 GiB");
      assertThatThrownBy(() -> host.answer("s"))
          .hasMessageContaining("sorting holds 1 rows, which is more than memory.limit = 20 KiB")
          .hasMessageContaining("a single row and values beside the keys")
          .hasMessageNotContaining("set spill.limit")
          .hasMessageEndingWith("or raise memory.limit");
    }
  }

  private static String[] with(String[] lines, String... more) {
    return Stream.concat(Stream.of(lines), Stream.of(more)).toArray(String[]::new);
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
  }

  @Test
  void filesHaveNoNameWhileTheyAreReadAndTheirFolderIsForThisUserOnly() throws IOException {
    Path tmp = folder.resolve("tmp");
    try (FakeHost host = host()) {
      host.define("s", "union = a", "order = k", "memory.limit = 200 KiB", "spill.limit = 1 GiB");
      try (AggregateRun run = host.run("s", RunOptions.defaults())) {
        assertThat(run.rows().next()).isTrue();
        assertThat(Files.list(tmp)).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tmp)))
            .isEqualTo("rwx------");
        assertThat(openFiles(tmp)).isEqualTo(1);
      }
      assertThat(openFiles(tmp)).isZero();
    }
  }

  /** How many files of a folder this process has open, with or without a name. */
  private static long openFiles(Path folder) throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(
              file -> {
                try {
                  return Files.readSymbolicLink(file).startsWith(folder.toRealPath());
                } catch (IOException e) {
                  return false; // closed meanwhile
                }
              })
          .count();
    }
  }

  @Test
  void whatDoesNotFitOnTheDiskEitherIsRefused() {
    try (FakeHost host = host()) {
      host.define("s", "union = a", "order = k", "memory.limit = 200 KiB", "spill.limit = 1 MiB");
      assertThatThrownBy(() -> host.answer("s"))
          .hasMessageContaining("aggregate 's'")
          .hasMessageContaining("more than spill.limit = 1 MiB");
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedWithTheReason() throws IOException {
    Files.writeString(folder.resolve("tmp"), "not a folder");
    try (FakeHost host = host()) {
      host.define("s", "union = a", "order = k", "memory.limit = 200 KiB", "spill.limit = 1 GiB");
      assertThatThrownBy(() -> host.answer("s"))
          .isInstanceOfSatisfying(
              BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
          .hasMessageContaining("aggregate 's'")
          .hasMessageContaining(folder.resolve("tmp").toString())
          .hasMessageContaining("leave spill.limit out");
    }
  }
}
