package io.bindery.bind.pool.internal.life;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells one broken connection from a database that is gone. However many callers meet a broken
 * connection at once, one probe is made, and all of them wait for it.
 */
final class Suspicion {
  /** How long a caller whose connection broke waits for a probe. */
  static final long MOMENT_MILLIS = 1_000;

  private final Workers workers;
  private final Supplier<Probe> probe;
  private final Consumer<Outage> gone;
  private final Runnable alive;
  private final AtomicReference<@Nullable CompletableFuture<Probe>> running =
      new AtomicReference<>();

  /**
   * Nothing is suspected yet.
   *
   * @param probe connects beside the pool
   * @param gone is told that the database is gone
   * @param alive is told that it is not, though a connection broke
   */
  Suspicion(Workers workers, Supplier<Probe> probe, Consumer<Outage> gone, Runnable alive) {
    this.workers = workers;
    this.probe = probe;
    this.gone = gone;
    this.alive = alive;
  }

  /**
   * Probes, and returns when the answer is known or patience is at its end.
   *
   * @param evidence what broke; the reason that is given when the probe does not answer in time
   * @param patienceMillis how long to wait for the probe
   */
  void check(Outage evidence, long patienceMillis) {
    try {
      Outage outage = shared().get(patienceMillis, TimeUnit.MILLISECONDS).outage();
      if (outage != null) {
        gone.accept(outage);
      }
    } catch (TimeoutException | ExecutionException | RejectedExecutionException e) {
      gone.accept(evidence);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<Probe> shared() {
    while (true) {
      CompletableFuture<Probe> other = running.get();
      if (other != null) {
        return other;
      }
      CompletableFuture<Probe> mine = new CompletableFuture<>();
      if (running.compareAndSet(null, mine)) {
        start(mine);
        return mine;
      }
    }
  }

  private void start(CompletableFuture<Probe> mine) {
    workers
        .urgent()
        .execute(
            () -> {
              try {
                Probe answer = probe.get();
                if (answer.outage() == null) {
                  alive.run();
                }
                mine.complete(answer);
              } catch (RuntimeException | Error e) {
                mine.completeExceptionally(e);
              } finally {
                running.set(null);
              }
            });
  }
}
