package io.bindery.mybatis.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadlineWatchTest {
  private final List<String> rung = new CopyOnWriteArrayList<>();

  @Test
  void anAlarmIsNotHeldUpByALaterOneThatWasSetBefore() {
    try (DeadlineWatch watch = new DeadlineWatch()) {
      watch.after(Duration.ofHours(1), () -> rung.add("late"));
      watch.after(Duration.ofMillis(1), () -> rung.add("soon"));

      await().until(() -> rung.equals(List.of("soon")));
    }
  }

  @Test
  void anAlarmRingsAlsoWhenTheEarlierOneThatTheClockWaitsForWasCancelled() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    try (DeadlineWatch watch = new DeadlineWatch()) {
      DeadlineWatch.Alarm first = watch.after(Duration.ofMillis(50), () -> rung.add("cancelled"));
      watch.after(Duration.ofMillis(100), second::countDown);
      first.cancel();

      assertThat(second.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(rung).isEmpty();
    }
  }

  @Test
  void everyAlarmOfManyRingsOnceNotBeforeItsTime() {
    try (DeadlineWatch watch = new DeadlineWatch()) {
      long start = System.nanoTime();
      IntStream.range(0, 200)
          .parallel()
          .forEach(
              i ->
                  watch.after(
                      Duration.ofMillis(i),
                      () -> {
                        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
                        rung.add(millis < i ? "too early" : String.valueOf(i));
                      }));

      await().until(() -> rung.size() >= 200);
      assertThat(rung).doesNotHaveDuplicates().hasSize(200).doesNotContain("too early");
    }
  }

  @Test
  void aTimeBeyondAllCountingIsWatchedToo() {
    try (DeadlineWatch watch = new DeadlineWatch()) {
      watch.after(Duration.ofSeconds(Long.MAX_VALUE), () -> rung.add("never")).cancel();
    }
    assertThat(rung).isEmpty();
  }

  @Test
  void nothingIsWatchedAfterTheEnd() {
    DeadlineWatch watch = new DeadlineWatch();
    watch.close();

    assertThatThrownBy(() -> watch.after(Duration.ofMillis(1), () -> rung.add("x")))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
