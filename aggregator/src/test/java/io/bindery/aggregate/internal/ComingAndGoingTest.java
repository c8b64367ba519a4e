package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.Outcome.Status;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.SourceWithdrawnException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run does when sources come late, go away or never come. */
@Timeout(60)
final class ComingAndGoingTest {
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

  private static Outcome of(AggregateRun run, String bind) {
    return run.outcomes().stream().filter(o -> bind.equals(o.bind())).findFirst().orElseThrow();
  }

  @Test
  void aWithdrawnSourceMakesTheRunTakeANewSnapshot() {
    FakeSource old = source("a");
    FakeSource renewed = new FakeSource("s", "a", "id:INTEGER").row(7);
    FakeSource other = source("b");
    old.onOpen(
        request -> {
          host.withdraw(old);
          host.offer(renewed);
          return new SourceWithdrawnException("s", "a", null);
        });
    host.offer(old, other).define("all", "union = s");
    assertThat(host.answer("all")).containsExactly("a,7", "b,1", "b,2");
    assertThat(old.opened).hasValue(1);
  }

  @Test
  void whatReplacesAWithdrawnSourceMayBeAMomentLate() {
    FakeSource old = source("a");
    old.onOpen(
        request -> {
          host.withdraw(old);
          return new SourceWithdrawnException("s", "a", null);
        });
    host.offer(old).define("all", "union = s");
    CompletableFuture<List<String>> answer =
        CompletableFuture.supplyAsync(() -> host.answer("all"));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(host.snapshot().offers()).isEmpty());
    host.offer(source("a"));
    assertThat(answer.join()).hasSize(2);
  }

  @Test
  void aModelThatChangesItsColumnsMeanwhileMakesTheRunPlanAnew() {
    FakeSource changing = new FakeSource("s", "a", "id:INTEGER name:TEXT").row(1, "one");
    changing.onOpen(
        request -> {
          if (changing.opened.get() == 1) {
            changing.columns("name:TEXT id:INTEGER").rows(asked -> row("one", 1L));
          }
          return null;
        });
    host.offer(changing).define("all", "union = s", "select = id, name");
    assertThat(host.answer("all")).containsExactly("1,one");
    assertThat(changing.opened).hasValue(2);
  }

  @Test
  void allIsReadFromOneVersionOfAModelThoughOneSourceWasDoneBeforeTheChange() {
    FakeSource done = new FakeSource("s", "a", "id:INTEGER").row(1);
    FakeSource waiting = new FakeSource("s", "b", "id:INTEGER").row(1);
    waiting.onOpen(
        request -> {
          if (waiting.opened.get() == 1) {
            await().atMost(PATIENCE).until(() -> done.opened.get() == 1);
            await().atMost(PATIENCE).until(() -> done.open.get() == 0);
            done.revision("2").rows(asked -> row(2L));
            waiting.revision("2").rows(asked -> row(2L));
          }
          return null;
        });
    host.offer(done, waiting).define("all", "union = s");
    assertThat(host.answer("all")).containsExactly("a,2", "b,2");
    assertThat(done.opened).hasValue(2);
    assertThat(waiting.opened).hasValue(2);
  }

  @Test
  void aSourceOfAReplacedModelIsNotEvenAskedByTheOldPlan() {
    FakeSource first = new FakeSource("s", "a", "id:INTEGER").row(1);
    first.onColumns(() -> first.revision("2")); // just behind what the plan has noted
    host.offer(first).define("all", "union = s");
    assertThat(host.answer("all")).containsExactly("a,1");
    assertThat(first.opened).hasValue(1);
  }

  private static java.util.Iterator<@Nullable Object[]> row(Object... values) {
    return List.<@Nullable Object[]>of(values).iterator();
  }

  @Test
  void aSourceThatIsWithdrawnForeverIsBoundedByTheDeadline() {
    AtomicInteger opened = new AtomicInteger();
    host.offer(
            source("a")
                .onOpen(
                    request -> {
                      opened.incrementAndGet();
                      return new SourceWithdrawnException("s", "a", null);
                    }))
        .define("all", "union = s");
    assertThatThrownBy(() -> host.run("all", FakeHost.within(SHORT)))
        .isInstanceOf(BinderyException.class)
        .hasMessageContaining("bind 'a'");
    assertThat(opened.get()).isBetween(1, 50);
  }

  @Test
  void aSourceThatComesWhileTheHostSettlesIsWaitedFor() {
    host.unsettled().define("all", "union = s");
    CompletableFuture<List<String>> answer =
        CompletableFuture.supplyAsync(() -> host.answer("all"));
    host.offer(source("a"));
    assertThat(answer.join()).containsExactly("a,1", "a,2");
  }

  @Test
  void anAggregateThatComesWhileTheHostSettlesIsWaitedFor() {
    host.unsettled().offer(source("a"));
    CompletableFuture<List<String>> answer =
        CompletableFuture.supplyAsync(() -> host.answer("all"));
    host.define("all", "union = s");
    assertThat(answer.join()).hasSize(2);
  }

  @Test
  void afterTheHostHasSettledAnUnknownSourceIsAnErrorAtOnce() {
    host.offer(source("a"), new FakeSource("orders", "a", "id:INTEGER"))
        .define("all", "union = s, oders");
    assertThatThrownBy(() -> host.answer("all"))
        .hasMessageContaining("no bind offers source 'oders'")
        .hasMessageContaining("did you mean 'orders'?")
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION));
    assertThatThrownBy(() -> host.answer("al"))
        .hasMessageContaining("unknown aggregate 'al', did you mean 'all'?");
  }

  @Test
  void aFilterThatNoBindMatchesIsNeverAnEmptyAnswer() {
    host.offer(source("a")).define("all", "union = s@(label.region=eu)");
    assertThatThrownBy(() -> host.answer("all"))
        .hasMessageContaining("no bind that offers it matches (label.region=eu)");
    assertThatThrownBy(() -> host.run("all", FakeHost.partial(SHORT)))
        .hasMessageContaining("no bind that offers it matches");
  }

  @Test
  void anExpectedBindIsWaitedForAndThenMissed() {
    host.offer(source("a"))
        .define("both", "union = s", "expect = a, b")
        .define("n", "union = s", "expect = 2");
    assertThatThrownBy(() -> host.run("both", FakeHost.within(SHORT)))
        .hasMessageContaining("bind 'b': expected, but offers none of the sources")
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThatThrownBy(() -> host.run("n", FakeHost.within(SHORT)))
        .hasMessageContaining("2 binds are expected, but there are 1 (a)");
    CompletableFuture<List<String>> answer =
        CompletableFuture.supplyAsync(() -> host.answer("both"));
    host.offer(source("b"));
    assertThat(answer.join()).hasSize(4);
  }

  @Test
  void aMissingExpectedBindIsAnOutcomeOfAPartialRun() {
    host.offer(source("a")).define("both", "union = s", "expect = a, b");
    try (AggregateRun run = host.run("both", FakeHost.partial(Duration.ofSeconds(8)))) {
      assertThat(FakeHost.rows(run)).hasSize(2);
      assertThat(of(run, "b").status()).isEqualTo(Status.FAILED);
      assertThat(run.complete()).isFalse();
    }
  }

  @Test
  void twoModelsThatOfferOneSourceOnOneBindAreRefusedAndNeverReadTwice() {
    FakeSource one = source("a");
    FakeSource two = source("a");
    host.offerOf("shop", one).offerOf("crm", two).define("all", "union = s");
    assertThatThrownBy(() -> host.answer("all"))
        .hasMessageContaining("source 's' is offered on bind 'a' by the models 'crm' and 'shop'")
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION));
    assertThat(one.opened.get() + two.opened.get()).isZero();
    host.define("chosen", "union = s@(model=crm)");
    assertThat(host.answer("chosen")).containsExactly("a,1", "a,2");
    assertThat(one.opened).hasValue(0);
  }

  @Test
  void aSourceThatIsBeingReplacedIsReadOnceAndFromTheNewModel() {
    FakeSource old = new FakeSource("s", "a", "name:TEXT").row("old");
    host.offerOf("shop", old).offerOf("shop", source("a")).define("all", "union = s", "order = id");
    CompletableFuture<List<String>> answer =
        CompletableFuture.supplyAsync(() -> host.answer("all"));
    await().atMost(PATIENCE).until(() -> host.waiting() > 0);
    host.withdraw(old);
    assertThat(answer.join()).containsExactly("a,1", "a,2");
    assertThat(old.opened).hasValue(0);
  }
}
