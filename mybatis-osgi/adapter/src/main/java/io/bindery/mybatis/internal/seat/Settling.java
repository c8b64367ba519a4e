package io.bindery.mybatis.internal.seat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings something in line with how things are, by one thread at a time. Whoever asks may rely on
 * it when the call returns: it is done, or, when somebody else has been at it for long or the
 * caller is in the midst of it itself, it will be done by that one before it stops. So services can
 * be registered while nobody waits for ever on somebody who waits for them.
 */
final class Settling {
  private static final long PATIENCE_SECONDS = 5;

  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicLong asked = new AtomicLong();
  private final Runnable work;

  /**
   * Settling of one thing.
   *
   * @param work looks at how things are and acts; called again when they have changed meanwhile
   */
  Settling(Runnable work) {
    this.work = work;
  }

  /** Asks for it, after the change has been made visible. */
  void settle() {
    asked.incrementAndGet();
    if (turn.isHeldByCurrentThread() || !tryTurn()) {
      return; // whoever has the turn looks again
    }
    try {
      long seen;
      do {
        seen = asked.get();
        work.run();
      } while (asked.get() != seen);
    } finally {
      turn.unlock();
    }
  }

  private boolean tryTurn() {
    boolean interrupted = Thread.interrupted(); // must not keep services from being withdrawn
    try {
      return turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return turn.tryLock();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
