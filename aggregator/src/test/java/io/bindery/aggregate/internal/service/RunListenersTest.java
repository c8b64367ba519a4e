package io.bindery.aggregate.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.RunListener;
import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.FakeHost;
import io.bindery.aggregate.internal.FakeSource;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/** What listeners hear of runs, and what they can do to them: nothing. */
final class RunListenersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ServiceHost host;

  @BeforeEach
  void start(@TempDir Path storage) throws BundleException {
    host = new ServiceHost(storage);
    host.settle();
    host.offer(new FakeSource("s", "a", "id:INTEGER").row(1).row(2));
    host.define("all", "union = s");
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  /** Writes down what it hears. */
  private static final class Diary implements RunListener {
    final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void started(Run run) {
      heard.add("started " + run.aggregate());
    }

    @Override
    public void opening(Run run, List<Outcome> sources) {
      heard.add("opening " + sources.stream().map(Diary::name).toList());
    }

    @Override
    public void opened(Run run, Outcome source) {
      heard.add("opened " + name(source));
    }

    @Override
    public void sourceDone(Run run, Outcome source) {
      heard.add("done " + name(source) + " " + source.status().word() + " " + source.rows());
    }

    @Override
    public void finished(Run run, End end) {
      heard.add("finished " + end.status().word() + " " + end.rows() + " " + end.error());
    }

    private static String name(Outcome outcome) {
      return outcome.source() + "@" + outcome.bind();
    }

    void awaitFinished(String... events) {
      await()
          .atMost(PATIENCE)
          .until(() -> heard.stream().anyMatch(event -> event.startsWith("finished")));
      assertThat(heard).containsExactly(events);
    }
  }

  private Diary diary() {
    Diary diary = new Diary();
    host.context.registerService(RunListener.class, diary, null);
    return diary;
  }

  @Test
  void aListenerHearsTheRunInItsOrder() {
    Diary diary = diary();
    assertThat(host.answer("all")).hasSize(2);
    diary.awaitFinished(
        "started all", "opening [s@a]", "opened s@a", "done s@a ok 2", "finished complete 2 null");
  }

  @Test
  void aListenerOfOneRunHearsOnlyThatOne() {
    Diary diary = new Diary();
    assertThat(host.answer("all")).hasSize(2);
    try (AggregateRun run = host.aggregator.run("all", RunOptions.defaults(), diary)) {
      assertThat(run.rows().next()).isTrue();
    }
    diary.awaitFinished(
        "started all",
        "opening [s@a]",
        "opened s@a",
        "done s@a skipped 1",
        "finished closed 1 null");
  }

  @Test
  void aRunThatCannotBeginHasEndedToo() {
    Diary diary = diary();
    assertThatThrownBy(() -> host.answer("al")).isInstanceOf(BinderyException.class);
    diary.awaitFinished(
        "started al", "finished failed 0 unknown aggregate 'al', did you mean 'all'? known: all");
  }

  @Test
  void anErrorAtTheBeginEndsTheRunForItsListeners() {
    host.offer(
        new FakeSource("broken", "a", "id:INTEGER")
            .onColumns(
                () -> {
                  throw new NoClassDefFoundError("some/Row");
                }));
    host.define("broken", "union = broken");
    Diary diary = diary();
    assertThatThrownBy(() -> host.answer("broken")).isInstanceOf(NoClassDefFoundError.class);
    diary.awaitFinished(
        "started broken", "finished failed 0 java.lang.NoClassDefFoundError: some/Row");
  }

  @Test
  void anErrorWhileARowIsReadEndsTheRun() {
    FakeSource amounts = new FakeSource("amounts", "a", "id:INTEGER amount:DECIMAL");
    host.offer(amounts.row(1, new Unreadable()));
    host.define("sorted", "union = amounts", "order = id");
    Diary diary = diary();
    assertThatThrownBy(() -> host.answer("sorted"))
        .isInstanceOf(BinderyException.class)
        .hasMessageContaining("NoClassDefFoundError: some/Item");
    diary.awaitFinished(
        "started sorted",
        "opening [amounts@a]",
        "opened amounts@a",
        "done amounts@a failed 0",
        "finished failed 0 source 'amounts' on bind 'a': java.lang.NoClassDefFoundError: some/Item");
    await().atMost(PATIENCE).until(() -> amounts.open.get() == 0);
  }

  /** A number whose class is there only in part. */
  private static final class Unreadable extends BigDecimal {
    private static final long serialVersionUID = 1;

    Unreadable() {
      super(1);
    }

    @Override
    public BigInteger unscaledValue() {
      throw new NoClassDefFoundError("some/Item");
    }

    @Override
    public String toPlainString() {
      throw new NoClassDefFoundError("some/Item");
    }
  }

  @Test
  void aPartialAnswerAndAFailureAreTold() {
    host.offer(
        new FakeSource("s", "b", "id:INTEGER")
            .failingAfter(0, new BinderyException(ErrorCode.UNAVAILABLE, "b", "gone", null)));
    Diary strict = diary();
    assertThatThrownBy(() -> host.answer("all")).hasMessageContaining("gone");
    await().atMost(PATIENCE).until(() -> strict.heard.toString().contains("finished failed"));
    assertThat(strict.heard).contains("done s@b failed 0").last().asString().contains("gone");
    Diary partial = diary();
    try (AggregateRun run = host.aggregator.run("all", FakeHost.partial(Duration.ofSeconds(20)))) {
      assertThat(FakeHost.rows(run)).hasSize(2);
    }
    await().atMost(PATIENCE).until(() -> partial.heard.contains("finished partial 2 null"));
  }

  @Test
  void aListenerThatThrowsHarmsNeitherTheRunNorTheOthers() {
    host.context.registerService(
        RunListener.class,
        new RunListener() {
          @Override
          public void started(Run run) {
            throw new IllegalStateException("not my day");
          }

          @Override
          public void sourceDone(Run run, Outcome source) {
            throw new NoClassDefFoundError("some/Gone");
          }
        },
        null);
    Diary diary = diary();
    assertThat(host.answer("all")).hasSize(2);
    diary.awaitFinished(
        "started all", "opening [s@a]", "opened s@a", "done s@a ok 2", "finished complete 2 null");
  }

  /** Hangs in its first event until it is let go. */
  private static final class Sleeper implements RunListener {
    final CountDownLatch hangs = new CountDownLatch(1);
    final CountDownLatch letGo = new CountDownLatch(1);
    final AtomicLong heard = new AtomicLong();
    final AtomicLong missed = new AtomicLong();

    @Override
    public void started(Run run) {
      heard.incrementAndGet();
      hangs.countDown();
      try {
        letGo.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void finished(Run run, End end) {
      heard.incrementAndGet();
    }

    @Override
    public void lost(long events) {
      missed.addAndGet(events);
    }
  }

  @Test
  void aListenerThatHangsDelaysNoRunAndHearsWhatItMissed() throws Exception {
    Sleeper sleeper = new Sleeper();
    host.context.registerService(RunListener.class, sleeper, null);
    int runs = 2 * RunListener.KEPT / 5;
    for (int i = 0; i < runs; i++) { // five events each
      assertThat(host.answer("all")).hasSize(2);
    }
    sleeper.hangs.await();
    sleeper.letGo.countDown();
    await().atMost(PATIENCE).until(() -> sleeper.heard.get() >= 2L * RunListener.KEPT / 5);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(host.answer("all")).hasSize(2);
              assertThat(sleeper.missed.get())
                  .isBetween(RunListener.KEPT - 10L, (long) RunListener.KEPT);
            });
  }

  @Test
  void aListenerThatIsRemovedIsForgotten() throws Exception {
    WeakReference<Object> listener = listenOnce();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              System.gc();
              return listener.refersTo(null);
            });
  }

  private WeakReference<Object> listenOnce() {
    Diary diary = new Diary();
    ServiceRegistration<?> service = host.context.registerService(RunListener.class, diary, null);
    assertThat(host.answer("all")).hasSize(2);
    service.unregister();
    return new WeakReference<>(diary);
  }
}
