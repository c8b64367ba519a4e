package io.bindery.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells work that has begun that nobody wants its result any more. Whoever wants the result makes
 * one and cancels it, once and for good; whoever works says how the work can be stopped. Safe for
 * all threads.
 */
public final class Cancellation {
  private final Set<Registration> stops = new LinkedHashSet<>();
  private boolean cancelled;

  /** A cancellation that nobody has asked for yet. */
  public Cancellation() {}

  /**
   * Stops the work. Returns when every stop that was registered has run, in this thread; does
   * nothing the second time.
   */
  public void cancel() {
    List<Registration> all;
    synchronized (this) {
      cancelled = true;
      all = new ArrayList<>(stops);
      stops.clear();
    }
    all.forEach(Registration::run);
  }

  /** Whether nobody wants the result any more. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * Says how the work can be stopped.
   *
   * @param stop stops it, from any thread, and throws nothing; run at once when the work should
   *     have stopped already
   * @return to be closed when the work is done: from then on the stop does not run
   */
  public Registration onCancel(Runnable stop) {
    Registration registration = new Registration(this, stop);
    synchronized (this) {
      if (!cancelled) {
        stops.add(registration);
        return registration;
      }
    }
    registration.run();
    return registration;
  }

  /**
   * Does work that does nothing but wait: the thread is interrupted when it is cancelled, and is as
   * it was before when the work returns or throws.
   *
   * @param work heeds interrupts
   * @return what the work returns
   */
  public <T extends @Nullable Object> T interrupting(Supplier<T> work) {
    try (Registration ignored = onCancel(Thread.currentThread()::interrupt)) {
      return work.get();
    } finally {
      if (isCancelled()) {
        Thread.interrupted(); // what comes next is told by the cancellation
      }
    }
  }

  private synchronized void forget(Registration registration) {
    stops.remove(registration);
  }

  /** A way to stop some work. */
  public static final class Registration implements AutoCloseable {
    private final Cancellation owner;
    private @Nullable Runnable stop;

    private Registration(Cancellation owner, Runnable stop) {
      this.owner = owner;
      this.stop = stop;
    }

    private synchronized void run() {
      Runnable way = stop;
      stop = null;
      if (way != null) {
        way.run();
      }
    }

    /** Takes the stop back, after waiting for one that runs just now. */
    @Override
    public void close() {
      owner.forget(this);
      synchronized (this) {
        stop = null;
      }
    }
  }
}
