package io.bindery.mybatis.internal.session;

import io.bindery.source.Cancellation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls and readings that are at work with one life of a model. Safe for all threads. */
public final class InFlight {
  private final Set<Hold> holds = new HashSet<>();
  private boolean closed;

  /**
   * Begins some work.
   *
   * @return to be closed when the work is done, or null when no more work is taken
   */
  public synchronized @Nullable Hold begin() {
    if (closed) {
      return null;
    }
    Hold hold = new Hold(this);
    holds.add(hold);
    return hold;
  }

  /** Takes no more work. */
  public synchronized void close() {
    closed = true;
  }

  /**
   * Waits until no work is left.
   *
   * @param timeout how long to wait at most
   * @return whether none is left
   */
  public synchronized boolean drain(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    boolean interrupted = false;
    while (!holds.isEmpty() && !interrupted) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        break;
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return holds.isEmpty();
  }

  /** Stops the work that is left, which then ends with an error. */
  public void stopAll() {
    List<Hold> left;
    synchronized (this) {
      left = List.copyOf(holds);
    }
    left.forEach(hold -> hold.stopping.cancel());
  }

  private synchronized void end(Hold hold) {
    holds.remove(hold);
    if (holds.isEmpty()) {
      notifyAll();
    }
  }

  /** One piece of work. */
  public static final class Hold implements AutoCloseable {
    private final InFlight owner;
    private final Cancellation stopping = new Cancellation();

    private Hold(InFlight owner) {
      this.owner = owner;
    }

    /**
     * Says how the work can be stopped.
     *
     * @param way stops it from any thread; run at once when it should have stopped already
     */
    public void stoppedBy(Runnable way) {
      stopping.onCancel(way);
    }

    /** Ends the work. Does nothing the second time. */
    @Override
    public void close() {
      owner.end(this);
    }
  }
}
