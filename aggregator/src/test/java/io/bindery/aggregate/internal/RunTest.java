package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.Outcome.Status;
import io.bindery.aggregate.RunListener;
import io.bindery.aggregate.RunOptions;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run does when sources fail, hang, go away, come late or are slow. */
@Timeout(60)
final class RunTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration SHORT = Duration.ofMillis(400);

  private final FakeHost host = new FakeHost();

  @AfterEach
  void nothingIsLeftOpen() {
    try {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(host.openReaders()).isZero());
    } finally {
      host.close();
    }
  }

  private static FakeSource source(String bind) {
    return new FakeSource("s", bind, "id:INTEGER").row(1).row(2);
  }

  private static BinderyException broken() {
    return new BinderyException(ErrorCode.QUERY, null, "table 'x' is gone", null);
  }

  private static Outcome of(AggregateRun run, String bind) {
    return run.outcomes().stream().filter(o -> bind.equals(o.bind())).findFirst().orElseThrow();
  }

  @Test
  void everySourceHasAnOutcome() {
    host.offer(source("a"), source("b")).define("all", "union = s");
    try (AggregateRun run = host.run("all", FakeHost.options(Map.of()))) {
      assertThat(run.complete()).isFalse();
      assertThat(run.outcomes()).extracting(Outcome::status).containsOnly(Status.RUNNING);
      assertThat(FakeHost.rows(run)).hasSize(4);
      assertThat(run.rows().next()).isFalse();
      assertThat(run.complete()).isTrue();
      assertThat(run.outcomes()).extracting(Outcome::bind).containsExactly("a", "b");
      assertThat(run.outcomes()).extracting(Outcome::status).containsOnly(Status.OK);
      assertThat(run.outcomes()).extracting(Outcome::rows).containsOnly(2L);
      assertThat(run.outcomes()).allMatch(o -> o.startedAt() != null && o.error() == null);
    }
  }

  @Test
  void anErrorInOpenIsToldAtOnceWithItsCause() {
    host.offer(
            source("a")
                .onOpen(
                    request -> {
                      throw new NoClassDefFoundError("shop/Order");
                    }))
        .define("all", "union = s");
    assertThatThrownBy(() -> host.run("all", FakeHost.options(Map.of())))
        .hasMessageContaining("source 's' on bind 'a'")
        .hasMessageContaining("shop/Order")
        .hasCauseInstanceOf(NoClassDefFoundError.class)
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL));
  }

  @Test
  void aSourceThatCannotBeOpenedFailsTheRunNamingSourceBindAndCause() {
    FakeSource well = source("a");
    host.offer(well, source("b").failingInOpen(broken())).define("all", "union = s");
    assertThatThrownBy(() -> host.run("all", FakeHost.options(Map.of())))
        .hasMessage("source 's' on bind 'b': table 'x' is gone")
        .isInstanceOfSatisfying(
            BinderyException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.QUERY);
              assertThat(e.bindKey()).isEqualTo("b");
            });
    assertThat(well.read).hasValue(0);
  }

  @Test
  void aSourceThatFailsWhileItIsReadFailsTheRunAndStopsTheOthers() {
    host.offer(source("a").failingAfter(1, broken()), source("b")).define("all", "union = s");
    try (AggregateRun run = host.run("all", FakeHost.options(Map.of()))) {
      assertThat(run.rows().next()).isTrue();
      assertThatThrownBy(() -> run.rows().next()).hasMessageContaining("bind 'a'");
      assertThatThrownBy(() -> run.rows().next()).hasMessageContaining("bind 'a'");
      assertThat(run.complete()).isFalse();
      assertThat(of(run, "a").status()).isEqualTo(Status.FAILED);
      assertThat(of(run, "a").rows()).isEqualTo(1);
      assertThat(of(run, "b").status()).isEqualTo(Status.SKIPPED);
    }
  }

  @Test
  void aPartialRunGivesTheRowsOfTheOthers() {
    host.offer(
            source("a").failingAfter(1, broken()),
            source("b"),
            source("c").failingInOpen(new IllegalStateException("bug")))
        .define("all", "union = s");
    try (AggregateRun run = host.run("all", FakeHost.partial(Duration.ofSeconds(9)))) {
      assertThat(FakeHost.rows(run)).containsExactly("a,1", "b,1", "b,2");
      assertThat(run.complete()).isFalse();
      assertThat(of(run, "a").error()).isEqualTo("source 's' on bind 'a': table 'x' is gone");
      assertThat(of(run, "b").status()).isEqualTo(Status.OK);
      assertThat(of(run, "c").error()).contains("bind 'c'").contains("bug");
    }
  }

  @Test
  void aFailureThatNamesItsBindFirstIsNotNamedTwice() {
    BinderyException down =
        new BinderyException(ErrorCode.UNAVAILABLE, "a", "bind 'a': down: refused", null);
    host.offer(source("a").failingInOpen(down)).define("all", "union = s");
    assertThatThrownBy(() -> host.answer("all"))
        .hasMessage("source 's' on bind 'a': down: refused");
  }

  @Test
  void anOptionalSourceMayFailInAStrictRun() {
    host.offer(source("a"), new FakeSource("t", "x", "id:INTEGER").failingInOpen(broken()))
        .define(
            "m",
            "merge = s, t",
            "key = id",
            "select.t = count() as n",
            "optional = t",
            "order = id");
    try (AggregateRun run = host.run("m", FakeHost.options(Map.of()))) {
      assertThat(FakeHost.rows(run)).containsExactly("1,-", "2,-");
      assertThat(run.complete()).isFalse();
      assertThat(of(run, "x").status()).isEqualTo(Status.FAILED);
    }
  }

  @Test
  void anOptionalSourceThatNobodyOffersIsAnOutcome() {
    host.offer(source("a"))
        .define("m", "merge = s, t", "key = id", "select.t = count() as n", "optional = t");
    try (AggregateRun run = host.run("m", FakeHost.options(Map.of()))) {
      assertThat(FakeHost.rows(run)).containsExactly("1,-", "2,-");
      assertThat(run.complete()).isFalse();
      assertThat(run.outcomes())
          .filteredOn(outcome -> outcome.source().equals("t"))
          .singleElement()
          .satisfies(
              outcome -> {
                assertThat(outcome.status()).isEqualTo(Status.FAILED);
                assertThat(outcome.bind()).isNull();
              });
    }
  }

  @Test
  void aBrokenOrderIsAnErrorThatNamesSourceBindAndRow() {
    FakeSource folded =
        new FakeSource("s", "b", "email:TEXT").orderedBy("email").row("a").row("B").row("c");
    host.offer(new FakeSource("s", "a", "email:TEXT").orderedBy("email").row("b"), folded)
        .define("all", "union = s", "order = email")
        .define("any", "union = s");
    assertThatThrownBy(() -> host.answer("all"))
        .hasMessageContaining("source 's' on bind 'b': row 2 breaks the declared order by 'email'");
    try (AggregateRun run = host.run("all", FakeHost.partial(Duration.ofSeconds(9)))) {
      assertThat(FakeHost.rows(run)).containsExactly("b,a", "a,b");
      assertThat(of(run, "b").status()).isEqualTo(Status.FAILED);
    }
    assertThat(host.answer("any")).hasSize(4);
  }

  @Test
  void anOpenThatHangsFreesTheCallerAtTheDeadline() {
    host.offer(source("a"), source("b").hangingInOpen()).define("all", "union = s");
    long begin = System.nanoTime();
    assertThatThrownBy(() -> host.run("all", FakeHost.within(SHORT)))
        .hasMessageContaining("source 's' on bind 'b': not open before the deadline")
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(SHORT, SHORT.multipliedBy(10));
  }

  @Test
  void anOpenThatEndsTooLateIsClosedAtOnce() {
    CountDownLatch late = new CountDownLatch(1);
    FakeSource slow =
        source("b")
            .onOpen(
                request -> {
                  boolean waits = true;
                  while (waits) {
                    try {
                      waits = !late.await(9, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                      waits = true; // a server that does not care
                    }
                  }
                  return null;
                });
    host.offer(slow).define("all", "union = s");
    assertThatThrownBy(() -> host.run("all", FakeHost.within(SHORT)))
        .hasMessageContaining("not open before the deadline");
    late.countDown();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(slow.opened).hasValue(1));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(slow.open).hasValue(0));
  }

  @Test
  void aReadThatHangsIsAbortedAtTheDeadline() {
    FakeSource hanging = source("a").hangingAfter(1);
    host.offer(hanging, source("b")).define("all", "union = s");
    try (AggregateRun run = host.run("all", FakeHost.within(Duration.ofSeconds(3)))) {
      assertThat(run.rows().next()).isTrue();
      assertThatThrownBy(() -> run.rows().next())
          .hasMessageContaining("source 's' on bind 'a'")
          .hasMessageContaining("deadline");
      assertThat(of(run, "a").status()).isEqualTo(Status.TIMED_OUT);
      assertThat(run.outcomes()).noneMatch(o -> o.status() == Status.RUNNING);
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(hanging.aborted).hasPositiveValue());
  }

  @Test
  void aPartialRunGivesUpWhatHangsInTimeToReadTheRest() {
    host.offer(
            source("a").hangingInOpen(), source("b").hangingAfter(1), source("c").orderedBy("id"))
        .define("all", "union = s");
    try (AggregateRun run = host.run("all", FakeHost.partial(Duration.ofSeconds(4)))) {
      assertThat(FakeHost.rows(run)).containsExactly("b,1", "c,1", "c,2");
      assertThat(run.complete()).isFalse();
      assertThat(of(run, "a").status()).isEqualTo(Status.TIMED_OUT);
      assertThat(of(run, "b").status()).isEqualTo(Status.TIMED_OUT);
      assertThat(of(run, "c").status()).isEqualTo(Status.OK);
    }
  }

  @Test
  void manyThatHangWhileTheyAreReadAreGivenUpTogether() {
    for (int i = 0; i < 10; i++) {
      host.offer(source("a" + i).hangingAfter(1), source("b" + i));
    }
    host.define("all", "union = s");
    try (AggregateRun run = host.run("all", FakeHost.partial(Duration.ofSeconds(4)))) {
      assertThat(FakeHost.rows(run)).hasSize(30);
      assertThat(run.outcomes())
          .filteredOn(outcome -> String.valueOf(outcome.bind()).startsWith("a"))
          .allMatch(outcome -> outcome.status() == Status.TIMED_OUT && outcome.rows() == 1)
          .allSatisfy(
              outcome -> assertThat(outcome.error()).contains("no row for a quarter of the time"));
      assertThat(run.outcomes())
          .filteredOn(outcome -> String.valueOf(outcome.bind()).startsWith("b"))
          .extracting(Outcome::status)
          .containsOnly(Status.OK);
    }
  }

  @Test
  void whoWaitsForARowIsFreeAtTheDeadlineThoughTheSourceDoesNotHeed() {
    FakeSource deaf = source("a").rows(request -> new DeafRows());
    host.offer(deaf).define("all", "union = s");
    try (AggregateRun run = host.run("all", FakeHost.within(SHORT))) {
      assertThatThrownBy(() -> run.rows().next()).hasMessageContaining("deadline");
    } finally {
      DeafRows.goOn.countDown();
    }
  }

  /** Rows of a database that hears nothing. */
  private static final class DeafRows implements Iterator<@Nullable Object[]> {
    static final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public boolean hasNext() {
      try {
        return !goOn.await(50, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public @Nullable Object[] next() {
      throw new NoSuchElementException();
    }
  }

  @Test
  void aSlowConsumerRunsIntoTheDeadlineAsWell() {
    host.offer(source("a")).define("all", "union = s");
    try (AggregateRun run = host.run("all", FakeHost.within(Duration.ofSeconds(3)))) {
      assertThat(run.rows().next()).isTrue();
      await().atMost(PATIENCE).until(() -> of(run, "a").status() == Status.TIMED_OUT);
      assertThatThrownBy(() -> run.rows().next()).hasMessageContaining("deadline");
    }
  }

  @Test
  void closingFromAnotherThreadFreesOneThatWaitsForARow() throws Exception {
    FakeSource hanging = source("a").hangingAfter(0);
    host.offer(hanging).define("all", "union = s");
    AggregateRun run = host.run("all", FakeHost.within(Duration.ofSeconds(30)));
    CompletableFuture<Boolean> reader = CompletableFuture.supplyAsync(() -> run.rows().next());
    await().atMost(PATIENCE).until(() -> of(run, "a").startedAt() != null);
    run.close();
    assertThatThrownBy(() -> reader.get(9, TimeUnit.SECONDS)).hasMessageContaining("closed");
    assertThat(of(run, "a").status()).isEqualTo(Status.SKIPPED);
    assertThat(run.complete()).isFalse();
  }

  @Test
  void anAnswerThatIsClosedWhileItsLastStepEndsDoesNotSeemReadToItsEnd() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    host.listener =
        new RunListener() {
          @Override
          public void finished(Run run, End end) {
            ended.complete(null);
          }
        };
    FakeSource source =
        new FakeSource("s", "a", "id:INTEGER")
            .keyed("id")
            .orderedBy("id")
            .rows(asked -> LongStream.range(0, 1_000).mapToObj(i -> new Object[] {i}).iterator());
    host.offer(source).define("paged", "union = s", "order = id, bind_key");
    RunOptions page = new RunOptions(Map.of(), 1, false, Duration.ofSeconds(20));
    try (AggregateRun run = host.run("paged", page)) {
      source.onClose(
          () -> {
            CompletableFuture.runAsync(run::close);
            ended.join();
          });
      host.close(); // sources are closed by who reads them from now on
      assertThat(run.rows().next()).isTrue();
      assertThatThrownBy(() -> run.rows().next()).hasMessage("the run was closed");
    }
  }

  @Test
  void anEarlyCloseIsNoCompleteAnswer() {
    host.offer(source("a")).define("all", "union = s");
    AggregateRun run = host.run("all", FakeHost.options(Map.of()));
    assertThat(run.rows().next()).isTrue();
    run.close();
    run.close();
    assertThat(run.complete()).isFalse();
    assertThat(of(run, "a").error()).contains("closed before its last row");
  }

  @Test
  void everySourceGetsTheSameDeadline() {
    FakeSource a = source("a");
    FakeSource b = source("b");
    host.offer(a, b).define("all", "union = s");
    host.answer("all");
    assertThat(Objects.requireNonNull(a.request).deadline())
        .isEqualTo(Objects.requireNonNull(b.request).deadline());
  }
}
