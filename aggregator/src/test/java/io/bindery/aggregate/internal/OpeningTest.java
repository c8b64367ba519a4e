package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.Outcome.Status;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many sources are opened at once; those that hang are stopped, and keep nobody from his turn. */
@Timeout(60)
final class OpeningTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  private final FakeHost host = new FakeHost();
  private final List<FakeSource> hanging = new ArrayList<>();

  @AfterEach
  void nothingIsLeftOpen() {
    try {
      await().atMost(LONG).untilAsserted(() -> assertThat(host.openReaders()).isZero());
      await().atMost(LONG).untilAsserted(() -> assertThat(waiting()).isZero());
    } finally {
      host.close();
    }
  }

  @Test
  void aRunThatCannotBeginLeavesNothingOpen() {
    host.offer(source("eu")).define("all", "union = s");
    host.close();
    assertThatThrownBy(() -> host.run("all", FakeHost.within(LONG)))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(host.openReaders()).isZero();
  }

  private static FakeSource source(String bind) {
    return new FakeSource("s", bind, "id:INTEGER").row(1);
  }

  private void offerHanging(int count) {
    for (int i = 0; i < count; i++) {
      FakeSource source = source("a%03d".formatted(i)).hangingInOpen();
      hanging.add(source);
      host.offer(source);
    }
  }

  private int waiting() {
    return hanging.stream().mapToInt(source -> source.waiting.get()).sum();
  }

  @Test
  void whatWaitsForAnotherSourcesConnectionGetsItBeforeTheFirstRowIsWanted() {
    FakeSource holder = source("a").rows(Collections.nCopies(1000, new Object[] {1L}));
    FakeSource waiter =
        source("b")
            .onOpen(
                asked -> {
                  await().atMost(LONG).until(() -> holder.opened.get() == 1);
                  await().atMost(LONG).until(() -> holder.open.get() == 0);
                  return null;
                });
    host.offer(holder).offer(waiter).define("all", "union = s");
    try (AggregateRun run = host.run("all", FakeHost.within(LONG))) {
      assertThat(FakeHost.rows(run)).hasSize(1001);
      assertThat(run.complete()).isTrue();
    }
  }

  @Test
  void sourcesThatHangKeepNobodyFromHisTurn() {
    offerHanging(40);
    for (int i = 0; i < 10; i++) {
      host.offer(source("b" + i));
    }
    host.define("all", "union = s");
    try (AggregateRun run = host.run("all", FakeHost.partial(Duration.ofSeconds(4)))) {
      assertThat(FakeHost.rows(run)).hasSize(10);
      assertThat(run.complete()).isFalse();
      assertThat(run.outcomes())
          .filteredOn(outcome -> String.valueOf(outcome.bind()).startsWith("a"))
          .hasSize(40)
          .allSatisfy(
              outcome -> {
                assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
                assertThat(outcome.startedAt()).isNotNull();
                assertThat(outcome.error()).contains("not open within half of the time");
              });
      assertThat(run.outcomes())
          .filteredOn(outcome -> String.valueOf(outcome.bind()).startsWith("b"))
          .extracting(Outcome::status)
          .containsOnly(Status.OK);
    }
  }

  @Test
  void soManySlowOnesAreOpenedAtOnceAndNoMore() throws Exception {
    offerHanging(300);
    host.define("all", "union = s");
    CompletableFuture<List<String>> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try (AggregateRun run = host.run("all", FakeHost.within(LONG))) {
                return FakeHost.rows(run);
              }
            });
    await().atMost(LONG).until(() -> waiting() == 256);
    // the next ones begin when there is room again
    hanging.stream()
        .filter(source -> source.waiting.get() == 1)
        .limit(10)
        .forEach(source -> source.released.countDown());
    await().atMost(LONG).until(() -> waiting() == 256 && openedEver() == 266);
    hanging.forEach(source -> source.released.countDown());
    assertThat(answer.get(30, TimeUnit.SECONDS)).hasSize(300);
  }

  private int openedEver() {
    return hanging.stream().mapToInt(source -> source.opened.get()).sum();
  }

  @Test
  void ofManySourcesNoMoreAreOpenThanAreOpenedAtOnce() {
    AtomicInteger most = new AtomicInteger();
    List<FakeSource> many = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      FakeSource source = source("c%03d".formatted(i));
      many.add(source);
      source.onOpen(
          asked -> {
            int open = many.stream().mapToInt(s -> s.open.get()).sum();
            most.accumulateAndGet(open, Math::max);
            return null;
          });
      host.offer(source);
    }
    host.define("all", "union = s");
    assertThat(host.answer("all")).hasSize(400);
    assertThat(most.get()).isLessThanOrEqualTo(256);
  }

  @Test
  void aStrictRunThatFailsStopsWhatIsStillBeingOpened() {
    offerHanging(3);
    FakeSource failing =
        source("z")
            .onOpen(
                request -> {
                  await().atMost(LONG).until(() -> waiting() == 3);
                  return new BinderyException(ErrorCode.QUERY, null, "table 'x' is gone", null);
                });
    host.offer(failing).define("all", "union = s");
    assertThatThrownBy(() -> host.run("all", FakeHost.within(LONG)))
        .hasMessage("source 's' on bind 'z': table 'x' is gone");
    await().atMost(LONG).until(() -> waiting() == 0);
  }

  @Test
  void whoIsInterruptedStopsWhatIsStillBeingOpened() throws Exception {
    offerHanging(3);
    host.define("all", "union = s");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                host.run("all", FakeHost.within(LONG)).close();
              } catch (RuntimeException e) {
                thrown.set(e);
              }
            });
    caller.start();
    await().atMost(LONG).until(() -> waiting() == 3);
    caller.interrupt();
    caller.join(20_000);
    assertThat(thrown.get()).hasMessage("the run was interrupted");
    await().atMost(LONG).until(() -> waiting() == 0);
  }

  @Test
  void theDeadlineStopsWhatIsStillBeingOpened() {
    offerHanging(3);
    host.define("all", "union = s");
    assertThatThrownBy(() -> host.run("all", FakeHost.within(Duration.ofMillis(400))))
        .hasMessageContaining("not open before the deadline");
    await().atMost(LONG).until(() -> waiting() == 0);
  }
}
