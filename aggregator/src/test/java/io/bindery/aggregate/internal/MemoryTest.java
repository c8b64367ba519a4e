package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.held.HostMemory;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs hold is what the heap grows by, and all of them together have a limit. */
final class MemoryTest {
  private static final int ROWS = 50_000;

  private final HostMemory memory = new HostMemory(1L << 30, FakeHost.TMP);
  private final FakeHost host = new FakeHost().memory(memory);

  private static FakeSource people(String name, int rows) {
    return new FakeSource(name, "b", "email:TEXT n:INTEGER? amount:DECIMAL country:TEXT")
        .rows(asked -> IntStream.range(0, rows).mapToObj(i -> person(name, i)).iterator());
  }

  /** In no order. */
  private static @Nullable Object[] person(String name, int i) {
    long number = i * 7_919L % ROWS;
    return new Object[] {
      "somebody." + number + "@example.org",
      i % 5 == 0 ? null : number,
      BigDecimal.valueOf(number * 31, 2),
      name + " country " + i % 200
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "union = people | order = email",
        "union = people | distinct = email, amount | order = amount desc",
        "from = people | group = email | select = count() as n, sum(amount) as s, max(country) as c",
        "from = people | group = amount | select = min(n) as n, avg(amount) as s",
        "merge = people, orders | key = email | select.people = count() as n"
            + " | select.orders = count() as orders, sum(amount) as total",
        "merge = people, orders | key = email | select.people = count() as n"
            + " | select.orders = n as number, amount as price, country as place",
      })
  void whatARunHoldsIsWhatTheHeapGrowsBy(String definition) {
    host.offer(people("people", ROWS), people("orders", ROWS))
        .define("held", (definition + " | memory.limit = 1 GiB").split(" \\| "));
    long before = heap();
    try (AggregateRun run = host.run("held", RunOptions.defaults())) {
      assertThat(run.rows().next()).isTrue();
      long counted = memory.used();
      long grown = heap() - before;
      assertThat(run.rows().value(0)).isNotNull();
      assertThat(counted).isGreaterThan(ROWS * 20L);
      assertThat(grown).isCloseTo(counted, Percentage.withPercentage(25));
    }
    assertThat(memory.used()).isZero();
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void severalRunsShareWhatTheHostHas() throws Exception {
    HostMemory small = new HostMemory(7L << 20, FakeHost.TMP);
    host.memory(small)
        .offer(people("people", ROWS))
        .define("sorted", "union = people", "order = email");
    try (AggregateRun first = host.run("sorted", RunOptions.defaults())) {
      assertThat(first.rows().next()).isTrue();
      assertThatThrownBy(() -> host.answer("sorted"))
          .isInstanceOf(BinderyException.class)
          .hasMessageContaining("sorting holds")
          .hasMessageContaining("all runs together may hold (7 MiB")
          .hasMessageContaining("ordered by email")
          .hasMessageContaining("BINDERY_OPTS=-Xmx");
    }
    assertThat(small.used()).isZero();
    assertThat(host.answer("sorted")).hasSize(ROWS);
    assertThat(small.used()).isZero();
  }

  @Test
  void manyRunsAtOnceAreAnsweredOrRefusedAndGiveEverythingBack() throws Exception {
    HostMemory small = new HostMemory(10L << 20, FakeHost.TMP);
    host.memory(small)
        .offer(people("people", ROWS))
        .define("sorted", "union = people", "order = email");
    ExecutorService threads = Executors.newFixedThreadPool(10);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(threads.submit(() -> host.answer("sorted").size()));
    }
    for (Future<Integer> answer : answers) {
      try {
        assertThat(answer.get()).isEqualTo(ROWS);
      } catch (ExecutionException e) {
        assertThat(e.getCause())
            .isInstanceOfSatisfying(
                BinderyException.class,
                refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION))
            .hasMessageContaining("all runs together may hold");
      }
    }
    threads.shutdown();
    assertThat(small.used()).isZero();
    assertThat(host.answer("sorted")).hasSize(ROWS);
  }

  @Test
  void onlyTheFirstRowsThatAreWantedAreHeld() {
    host.offer(people("people", ROWS))
        .define("top", "union = people", "order = email", "limit = 1000");
    try (AggregateRun run = host.run("top", RunOptions.defaults())) {
      assertThat(run.rows().next()).isTrue();
      assertThat(memory.used()).isBetween(1_000L * 20, 4_000L * 150);
    }
  }
}
