package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.RunListener;
import io.bindery.aggregate.internal.run.Workers;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events that wait for one listener. It is called by one thread at a time, which ends when
 * there is nothing to tell. Safe for all threads.
 */
final class Seat {
  private static final Logger LOG = LoggerFactory.getLogger(Seat.class);

  private final String owner;
  private final Workers workers;
  private final Queue<Consumer<RunListener>> events = new ArrayDeque<>();
  private @Nullable RunListener listener;
  private boolean busy;
  private long missed;
  private long lost;
  private long failed;

  Seat(RunListener listener, String owner, Workers workers) {
    this.listener = listener;
    this.owner = owner;
    this.workers = workers;
  }

  /** Has the listener told, some time; returns at once. */
  void offer(Consumer<RunListener> event) {
    synchronized (this) {
      if (listener == null) {
        return;
      }
      if (events.size() == RunListener.KEPT) {
        missed++;
        if (++lost == 1) {
          LOG.warn("run listener of {}: too slow, it misses events of runs", owner);
        }
        return;
      }
      if (missed > 0 && events.size() < RunListener.KEPT - 1) {
        long count = missed;
        missed = 0;
        events.add(slow -> slow.lost(count));
      }
      events.add(event);
      if (busy) {
        return;
      }
      busy = true;
    }
    workers.run(this::work);
  }

  private void work() {
    for (Runnable next = next(); next != null; next = next()) {
      try {
        next.run();
      } catch (Throwable e) { // whatever a bundle's code does
        failed(e);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    RunListener told = listener;
    Consumer<RunListener> event = events.poll();
    if (told == null || event == null) {
      busy = false;
      return null;
    }
    return () -> event.accept(told);
  }

  private synchronized void failed(Throwable e) {
    if (++failed == 1) {
      LOG.warn("run listener of {}: fails, which is passed over: {}", owner, e.toString());
    }
  }

  /** Forgets the listener and all that waits for it. */
  synchronized void leave() {
    listener = null;
    events.clear();
    if (lost + failed > 0) {
      LOG.info("run listener of {}: gone; missed {} events, failed {} times", owner, lost, failed);
    }
  }
}
