package io.bindery.bind.pool.internal.life;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The units of work that run on one pool, and how they come to their end. Safe for all threads. */
final class Leases {
  private static final long AFTER_KILL_MILLIS = 2_000;

  private final Workers workers;
  private final Set<Lease> running = new HashSet<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private boolean retired;

  Leases(Workers workers) {
    this.workers = workers;
  }

  /** A new lease of a generation, or null when there are to be no more. */
  @Nullable Lease begin(Generation generation) {
    synchronized (running) {
      if (retired) {
        return null;
      }
      Lease lease = new Lease(generation);
      running.add(lease);
      return lease;
    }
  }

  void ended(Lease lease) {
    boolean last;
    synchronized (running) {
      last = running.remove(lease) && retired && running.isEmpty();
    }
    if (last) {
      drained.complete(null);
    }
  }

  /**
   * Lets nothing begin any more and running work finish.
   *
   * @param timeoutMillis after this, what still runs is stopped
   * @param stopped is told how many connections were stopped, if it came to that
   * @return done when nothing runs, or when what was stopped had time to notice
   */
  CompletableFuture<Void> retire(long timeoutMillis, IntConsumer stopped) {
    synchronized (running) {
      if (!retired) {
        retired = true;
        if (running.isEmpty()) {
          drained.complete(null);
        }
      }
    }
    if (!drained.isDone()) {
      ScheduledFuture<?> stopping =
          workers
              .timer()
              .schedule(
                  () -> workers.urgent().execute(() -> stopWork(timeoutMillis, stopped)),
                  timeoutMillis,
                  TimeUnit.MILLISECONDS);
      drained.whenComplete((done, failure) -> stopping.cancel(false));
    }
    return drained;
  }

  private void stopWork(long timeoutMillis, IntConsumer stopped) {
    List<Lease> late;
    synchronized (running) {
      late = List.copyOf(running);
    }
    // all at once: each may take a second
    List<CompletableFuture<Integer>> stopping =
        late.stream().map(lease -> workers.urgently(() -> lease.stopLate(timeoutMillis))).toList();
    stopped.accept(stopping.stream().mapToInt(CompletableFuture::join).sum());
    // what was stopped gets its error and returns its connection; then all is over
    drained.completeOnTimeout(null, AFTER_KILL_MILLIS, TimeUnit.MILLISECONDS);
  }
}
