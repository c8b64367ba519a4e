package io.bindery.aggregate.internal.run;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Deadline;
import io.bindery.source.SourceRequest;
import io.bindery.source.SourceWithdrawnException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sources of a run at the same time, so many at once, and waits until each is open or has
 * failed. Those that wait for their database do not count for long, so that they keep nobody from
 * his turn; the more of them there are, the longer each must have waited, since it may be this
 * machine that is slow. Whoever waits is free at the deadline, also when an open hangs.
 */
final class Opening {
  /** How it went. */
  enum Result {
    /** All that must be open is. */
    OPEN,
    /** A source went away; the run needs a new plan. */
    WITHDRAWN
  }

  /** After this time, an open may be waiting for its database, and another one begin beside it. */
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** After this time it does wait for its database, whatever others take. */
  private static final long SURELY_SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How much longer each {@link #parallel} that are slow must have waited than those before. */
  private static final double PATIENCE = 1.5;

  /** How many times as many may be open at once when they are slow: each has a thread. */
  private static final int SLOW_FACTOR = 8;

  private final List<SourceReading> readings;
  private final Function<SourceReading, SourceRequest> requests;
  private final Queue<SourceReading> queue;
  private final Set<SourceReading> pending;
  private final Map<SourceReading, Long> since = new HashMap<>();
  private final int parallel;
  private final Workers workers;
  private int threads;
  private long opens;
  private long openNanos;
  private boolean withdrawn;
  private @Nullable BinderyException failure;

  private Opening(
      List<SourceReading> readings,
      Function<SourceReading, SourceRequest> requests,
      int parallel,
      Workers workers) {
    this.readings = readings;
    this.requests = requests;
    this.parallel = parallel;
    this.workers = workers;
    this.queue = new ArrayDeque<>(readings);
    this.pending = new LinkedHashSet<>(readings);
  }

  /**
   * Opens sources.
   *
   * @param readings the sources
   * @param requests what each is asked for
   * @param parallel how many are opened at once, besides those that are slow
   * @param workers who opens them
   * @param deadline until when; sources that the run can do without have until half of it
   * @throws BinderyException the first failure of a source that the run cannot do without
   */
  static Result open(
      List<SourceReading> readings,
      Function<SourceReading, SourceRequest> requests,
      int parallel,
      Workers workers,
      Deadline deadline) {
    return new Opening(readings, requests, parallel, workers).await(deadline);
  }

  /** Begins as many as may be at work and are not yet. */
  private void begin() {
    int more;
    synchronized (this) {
      int most = Math.min(parallel + slow(), parallel * SLOW_FACTOR);
      more = Math.max(0, Math.min(most - threads, queue.size()));
      threads += more;
    }
    for (int i = 0; i < more; i++) {
      workers.run(this::work);
    }
  }

  private int slow() {
    long now = System.nanoTime();
    long usual = opens == 0 ? 0 : openNanos / opens;
    double limit = Math.max(SLOW_NANOS, Math.min(2 * usual, SURELY_SLOW_NANOS));
    long[] starts = since.values().stream().mapToLong(start -> start - now).sorted().toArray();
    int slow = 0;
    while (slow < starts.length && -starts[slow] > limit) {
      slow++;
      limit *= slow % parallel == 0 ? PATIENCE : 1;
    }
    return slow;
  }

  /**
   * Reads what is open while others wait: they may wait for a connection of the same bind, and a
   * source that is not large gives its own back.
   */
  private void makeRoom() {
    boolean waits;
    long now = System.nanoTime();
    synchronized (this) {
      waits = since.values().stream().anyMatch(start -> now - start > SLOW_NANOS);
    }
    if (waits) {
      readings.forEach(SourceReading::makeRoom);
    }
  }

  /** Opens what is next until there is no more, and reads on in the last: it is at hand. */
  private void work() {
    SourceReading last = null;
    for (SourceReading next = take(); next != null; next = take()) {
      next.open(requests.apply(next));
      opened(next);
      if (readings.size() > parallel) {
        next.readAheadHere(); // so that no more connections are open than sources are opened
      }
      done(next);
      last = next;
    }
    if (last != null) {
      last.readAheadHere();
    }
  }

  private synchronized @Nullable SourceReading take() {
    SourceReading next = threads - slow() > parallel ? null : queue.poll();
    if (next == null) {
      threads--;
    } else {
      since.put(next, System.nanoTime());
    }
    return next;
  }

  private synchronized void done(SourceReading reading) {
    since.remove(reading);
  }

  private synchronized void opened(SourceReading reading) {
    opens++;
    openNanos += System.nanoTime() - Objects.requireNonNull(since.get(reading));
    if (pending.remove(reading)) {
      BinderyException why = reading.failure();
      if (why instanceof SourceWithdrawnException) {
        withdrawn = true;
      } else if (why != null && !reading.tolerated() && failure == null) {
        failure = why;
      }
      if (pending.isEmpty() || failure != null || withdrawn) {
        notifyAll();
      }
    }
  }

  private Result await(Deadline deadline) {
    try {
      waitUntil(Deadline.in(deadline.remaining().dividedBy(2)));
      expire(true, "not open within half of the time that the run has");
      waitUntil(deadline);
      expire(false, "not open before the deadline");
      waitUntil(Deadline.in(Duration.ofDays(1)));
    } catch (InterruptedException e) {
      stop("the run was interrupted");
      Thread.currentThread().interrupt();
      throw new BinderyException(ErrorCode.TIMEOUT, "the run was interrupted");
    }
    return result();
  }

  private Result result() {
    BinderyException why;
    synchronized (this) {
      why = withdrawn ? null : failure;
      if (why == null && !withdrawn) {
        return Result.OPEN;
      }
    }
    stop("stopped, because another source failed");
    if (why != null) {
      throw why;
    }
    return Result.WITHDRAWN;
  }

  private void waitUntil(Deadline deadline) throws InterruptedException {
    while (true) {
      begin();
      makeRoom();
      synchronized (this) {
        long nanos = deadline.remaining().toNanos();
        if (pending.isEmpty() || failure != null || withdrawn || nanos <= 0) {
          return;
        }
        TimeUnit.NANOSECONDS.timedWait(this, Math.min(nanos, SLOW_NANOS));
      }
    }
  }

  /** Gives up those that are still being opened; the others are about to report. */
  private synchronized void expire(boolean toleratedOnly, String why) {
    if (failure != null || withdrawn) {
      return;
    }
    for (SourceReading reading : List.copyOf(pending)) {
      if (reading.isOpening() && (reading.tolerated() || !toleratedOnly)) {
        queue.remove(reading);
        pending.remove(reading);
        reading.expire(why);
        if (!reading.tolerated() && failure == null) {
          failure = reading.failure();
        }
      }
    }
  }

  private void stop(String why) {
    synchronized (this) {
      queue.clear();
    }
    readings.forEach(reading -> reading.stop(why));
  }
}
