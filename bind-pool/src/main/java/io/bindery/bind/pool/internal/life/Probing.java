package io.bindery.bind.pool.internal.life;

import io.bindery.bind.spi.BindType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The probes of one bind, which a newer wish overtakes: who removes or corrects a bind does not
 * wait until a silent database has used up its time. One probe is waited for at a time.
 */
final class Probing {
  private final Workers workers;
  private final Tally tally;
  private final AtomicInteger newerWishes = new AtomicInteger();
  private final Map<CompletableFuture<Probe>, BindType> running = new ConcurrentHashMap<>();
  private volatile CompletableFuture<@Nullable Probe> awaited =
      CompletableFuture.completedFuture(null);

  Probing(Workers workers, Tally tally) {
    this.workers = workers;
    this.tally = tally;
  }

  /** There is something newer than what is probed now. */
  void overtake() {
    newerWishes.incrementAndGet();
    awaited.complete(null);
  }

  /** What was announced by {@link #overtake} is being done. */
  void overtaken() {
    newerWishes.decrementAndGet();
  }

  /** Probes a target. Returns null when something newer came before the answer. */
  @Nullable Probe of(Target target) {
    CompletableFuture<@Nullable Probe> answer = new CompletableFuture<>();
    awaited = answer;
    if (newerWishes.get() > 0) {
      return null;
    }
    CompletableFuture<Probe> probe = workers.urgently(target::probe);
    running.put(probe, target.type());
    probe.whenComplete(
        (result, failure) -> {
          running.remove(probe);
          if (failure == null) {
            answer.complete(result);
          } else {
            answer.completeExceptionally(failure);
          }
        });
    Probe result = answer.join();
    // an answer may hold what a driver threw, and with it the driver
    awaited = CompletableFuture.completedFuture(null);
    if (result != null && result.outage() != null) {
      tally.failed(result.outage());
    }
    return result;
  }

  /** Done when those of a type are over that are running now. */
  CompletableFuture<Void> ended(BindType type) {
    return CompletableFuture.allOf(
        running.entrySet().stream()
            .filter(each -> each.getValue() == type)
            .map(each -> each.getKey().exceptionally(failure -> null))
            .toArray(CompletableFuture[]::new));
  }
}
