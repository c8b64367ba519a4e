package io.bindery.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CancellationTest {
  private final Cancellation cancellation = new Cancellation();
  private final List<String> stopped = new ArrayList<>();

  @Test
  void everyStopRunsOnce() {
    cancellation.onCancel(() -> stopped.add("a"));
    cancellation.onCancel(() -> stopped.add("b"));
    assertThat(cancellation.isCancelled()).isFalse();
    cancellation.cancel();
    cancellation.cancel();
    assertThat(cancellation.isCancelled()).isTrue();
    assertThat(stopped).containsExactly("a", "b");
  }

  @Test
  void aStopThatComesLateRunsAtOnce() {
    cancellation.cancel();
    cancellation.onCancel(() -> stopped.add("late"));
    assertThat(stopped).containsExactly("late");
  }

  @Test
  void workThatIsDoneIsNotStopped() {
    cancellation.onCancel(() -> stopped.add("done")).close();
    cancellation.cancel();
    assertThat(stopped).isEmpty();
  }

  @Test
  void takingAStopBackWaitsForOneThatRuns() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    Cancellation.Registration slow =
        cancellation.onCancel(
            () -> {
              runs.countDown();
              awaitUninterruptibly(goesOn);
              stopped.add("slow");
            });
    CompletableFuture<Void> cancelling = CompletableFuture.runAsync(cancellation::cancel);
    runs.await();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(slow::close);
    goesOn.countDown();
    closing.get(20, TimeUnit.SECONDS);
    assertThat(stopped).containsExactly("slow");
    cancelling.get(20, TimeUnit.SECONDS);
  }

  @Test
  void whoWaitsIsInterruptedAndKeepsNoTraceOfIt() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              assertThatThrownBy(
                      () ->
                          cancellation.interrupting(
                              () -> {
                                waits.countDown();
                                awaitForEver();
                                return 1;
                              }))
                  .hasMessage("interrupted");
              return Thread.currentThread().isInterrupted();
            });
    waits.await();
    cancellation.cancel();
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void whatIsDoneInTimeIsNotInterrupted() {
    assertThat(cancellation.interrupting(() -> 7)).isEqualTo(7);
    cancellation.cancel();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private static void awaitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
