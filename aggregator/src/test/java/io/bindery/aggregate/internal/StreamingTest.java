package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.RunOptions;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A million rows, of which only some are in flight, however slow they are taken. */
final class StreamingTest {
  private static final int BINDS = 4;
  private static final int ROWS = 250_000;

  private static Iterator<@Nullable Object[]> numbers() {
    return new Iterator<>() {
      private long next;

      @Override
      public boolean hasNext() {
        return next < ROWS;
      }

      @Override
      public @Nullable Object[] next() {
        return new Object[] {next++, "row"};
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "id, bind_key", ""})
  void theSourcesAreNeverFurtherThanAFewBlocksAheadOfTheReader(String order) {
    List<FakeSource> sources = new ArrayList<>();
    try (FakeHost host = new FakeHost()) {
      for (int i = 0; i < BINDS; i++) {
        FakeSource source =
            new FakeSource("s", "b" + i, "id:INTEGER name:TEXT")
                .orderedBy("id")
                .rows(request -> numbers());
        sources.add(source);
        host.offer(source);
      }
      if (order.isEmpty()) {
        host.define("all", "union = s", "memory.limit = 1");
      } else {
        host.define("all", "union = s", "order = " + order, "memory.limit = 1");
      }
      try (AggregateRun run =
          host.run("all", new RunOptions(Map.of(), Long.MAX_VALUE, false, Duration.ofMinutes(5)))) {
        long taken = 0;
        long mostInFlight = 0;
        long last = -1;
        while (run.rows().next()) {
          taken++;
          long read = sources.stream().mapToLong(source -> source.read.get()).sum();
          mostInFlight = Math.max(mostInFlight, read - taken);
          if (!order.isEmpty()) {
            assertThatIsNotBelow(run.rows().getLong(1), last);
            last = run.rows().getLong(1);
          }
        }
        assertThat(taken).isEqualTo((long) BINDS * ROWS);
        assertThat(mostInFlight).isLessThanOrEqualTo(BINDS * 5000);
        assertThat(run.complete()).isTrue();
      }
    }
  }

  private static void assertThatIsNotBelow(long value, long last) {
    if (value < last) {
      throw new AssertionError(value + " after " + last);
    }
  }

  @Test
  void aFinishedRunIsForgotten() {
    try (FakeHost host = new FakeHost()) {
      host.offer(new FakeSource("s", "b", "id:INTEGER").row(1)).define("all", "union = s");
      WeakReference<AggregateRun> run = finished(host);
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                System.gc();
                return run.get() == null;
              });
    }
  }

  private static WeakReference<AggregateRun> finished(FakeHost host) {
    try (AggregateRun run = host.run("all", RunOptions.defaults())) {
      FakeHost.rows(run);
      return new WeakReference<>(run);
    }
  }
}
