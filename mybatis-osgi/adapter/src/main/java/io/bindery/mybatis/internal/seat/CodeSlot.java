package io.bindery.mybatis.internal.seat;

import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.source.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the code of a model is, or will be again: sources that are opened while a model is replaced
 * wait here. Safe for all threads.
 */
final class CodeSlot {
  /** What has become of the model. */
  enum Phase {
    /** Its code can be called. */
    SERVING,
    /** Its code cannot work; its sources fail. */
    REFUSED,
    /** It stops, and what runs is waited for. */
    DRAINING,
    /** It has stopped; new code may come. */
    AWAY,
    /** No new code came in time, though its bundle is installed; its sources fail. */
    ABSENT,
    /** Its bundle is gone, or has the model no longer. */
    GONE
  }

  /**
   * How long somebody waits for code while the old one drains. What the old one drains from may be
   * the very caller's other readings: it must give up and start anew for anything to go on.
   */
  private static final Duration DRAIN_WAIT = Duration.ofSeconds(1);

  private Phase phase = Phase.AWAY;
  private @Nullable ModelCode code;
  private long left;

  /** What has become of the model. */
  synchronized Phase phase() {
    return phase;
  }

  /** How many lives of the code have ended: that of the code, or of the one that is waited for. */
  synchronized long revision() {
    return left;
  }

  /** The code, or null in every phase but SERVING. */
  synchronized @Nullable ModelCode code() {
    return phase == Phase.SERVING ? code : null;
  }

  /** Phase and code at one moment. */
  synchronized State state() {
    return new State(phase, code());
  }

  /**
   * Goes to another phase.
   *
   * @param next the phase
   * @param newCode the code for SERVING, else null
   */
  synchronized void become(Phase next, @Nullable ModelCode newCode) {
    if (code != null && code != newCode) {
      left++;
    }
    phase = next;
    code = newCode;
    notifyAll();
  }

  /**
   * Goes to another phase if it is in a certain one.
   *
   * @param expected the phase that it must be in
   * @param next the phase
   * @return whether it did
   */
  synchronized boolean change(Phase expected, Phase next) {
    if (phase != expected) {
      return false;
    }
    become(next, null);
    return true;
  }

  /**
   * Waits for code.
   *
   * @param deadline how long
   * @return the code, or null when none came
   */
  synchronized @Nullable ModelCode await(Deadline deadline) {
    Deadline patience = Deadline.in(DRAIN_WAIT);
    while (phase == Phase.AWAY || phase == Phase.DRAINING) {
      Duration left = deadline.remaining();
      if (phase == Phase.DRAINING && patience.remaining().compareTo(left) < 0) {
        left = patience.remaining();
      }
      long millis = Math.min(left.plusNanos(999_999).toMillis(), 1_000);
      if (millis <= 0) {
        return null;
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return code();
  }

  /**
   * What has become of the model, at one moment.
   *
   * @param phase the phase
   * @param code the code, or null in every phase but SERVING
   */
  record State(Phase phase, @Nullable ModelCode code) {}
}
