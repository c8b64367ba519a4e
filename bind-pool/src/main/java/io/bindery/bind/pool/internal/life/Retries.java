package io.bindery.bind.pool.internal.life;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a bind tries again. Touched by the bind's queue alone. */
final class Retries {
  private static final Logger log = LoggerFactory.getLogger(Retries.class);

  private final String key;
  private final Workers workers;
  private final Runnable attempt;
  private final Backoff unreachable =
      new Backoff(250, 5_000, () -> ThreadLocalRandom.current().nextDouble());
  private final Backoff refused =
      new Backoff(1_000, 30_000, () -> ThreadLocalRandom.current().nextDouble());
  private @Nullable ScheduledFuture<?> next;

  /**
   * Nothing is planned yet.
   *
   * @param attempt puts an attempt into the bind's queue
   */
  Retries(String key, Workers workers, Runnable attempt) {
    this.key = key;
    this.workers = workers;
    this.attempt = attempt;
  }

  /** How many milliseconds to wait after a failure; longer each time until {@link #reset}. */
  long afterFailure(Outage outage) {
    return outage.needsSomebody() ? refused.nextMillis() : afterFailure();
  }

  /** The same for a failure of an unknown kind. */
  long afterFailure() {
    return unreachable.nextMillis();
  }

  /** Begins with short waits again. */
  void reset() {
    unreachable.reset();
    refused.reset();
  }

  /** Plans an attempt, unless an earlier one is planned. */
  void attemptAfter(long millis) {
    ScheduledFuture<?> planned = next;
    if (planned != null && planned.getDelay(TimeUnit.MILLISECONDS) <= millis) {
      return;
    }
    cancel();
    try {
      next = workers.timer().schedule(attempt, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("bind '{}': no further attempt, the end has come", key);
    }
  }

  void cancel() {
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }
}
