package io.bindery.mybatis.internal.unit;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time work in a unit until the unit ends, and cleans up once nobody works in
 * it any more. Safe for all threads; nobody waits for a turn.
 */
final class Turn {
  private final String unit;
  private final Runnable cleanup;
  private @Nullable Thread user;
  private int depth;
  private @Nullable Ending ending;
  private boolean cleaning;
  private boolean clean;

  /**
   * The turn of an open unit.
   *
   * @param unit the unit's name, for messages
   * @param cleanup gives back all that the unit holds; run once, by whoever is last
   */
  Turn(String unit, Runnable cleanup) {
    this.unit = unit;
    this.cleanup = cleanup;
  }

  /**
   * Takes the turn. A thread that has it already may take it again.
   *
   * @param doing what for
   * @throws BinderyException when the unit has ended or another thread has the turn
   */
  synchronized void enter(String doing) {
    refuse(doing);
    user = Thread.currentThread();
    depth++;
  }

  private void refuse(String doing) {
    if (ending != null) {
      throw ending.error(unit, doing, null);
    }
    if (user != null && user != Thread.currentThread()) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "%s: %s serves one thread at a time, and thread '%s' is at work in it; let that one"
                  .formatted(doing, unit, user.getName())
              + " finish first");
    }
  }

  /** Gives the turn back. */
  void leave() {
    synchronized (this) {
      if (--depth > 0) {
        return;
      }
      user = null;
    }
    cleanIfOver();
  }

  /**
   * Ends the unit, whoever is at work. What is left is cleaned up by {@link #cleanIfOver()} or by
   * the one who is at work.
   *
   * @param how how it ends
   * @return false when it had ended before
   */
  synchronized boolean end(Ending how) {
    if (ending != null) {
      return false;
    }
    ending = how;
    return true;
  }

  /**
   * Ends the unit by a thread that keeps the turn until it calls {@link #leave()}.
   *
   * @param doing what it does
   * @param how how the unit ends
   * @throws BinderyException when the unit has ended or somebody is at work in it
   */
  synchronized void endWithin(String doing, Ending how) {
    refuse(doing);
    if (depth > 0) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "%s: a call of %s has not returned yet; do it after the call".formatted(doing, unit));
    }
    ending = how;
    user = Thread.currentThread();
    depth = 1;
  }

  /**
   * Says that the unit ended in another way than was thought.
   *
   * @param how how it ended
   */
  synchronized void endedOtherwise(Ending how) {
    ending = how;
  }

  /** Whether somebody is at work. */
  synchronized boolean isTaken() {
    return depth > 0;
  }

  /** Cleans up if the unit has ended and nobody is at work in it. */
  void cleanIfOver() {
    synchronized (this) {
      if (ending == null || depth > 0 || cleaning) {
        return;
      }
      cleaning = true;
    }
    try {
      cleanup.run();
    } finally {
      synchronized (this) {
        clean = true;
        notifyAll();
      }
    }
  }

  /**
   * Waits until everything is given back.
   *
   * @param patience how long at most
   */
  synchronized void awaitClean(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    // whoever is at work would wait for itself
    while (!clean && user != Thread.currentThread()) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return;
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** How the unit has ended, or null. */
  synchronized @Nullable Ending ending() {
    return ending;
  }

  /**
   * How a unit ended.
   *
   * @param code the code of the errors that tell so
   * @param text such as {@code "was committed"}
   */
  record Ending(ErrorCode code, String text) {
    BinderyException error(String unit, String doing, @Nullable Throwable cause) {
      return new BinderyException(
          code, null, "%s: %s %s; close it and begin another".formatted(doing, unit, text), cause);
    }
  }
}
