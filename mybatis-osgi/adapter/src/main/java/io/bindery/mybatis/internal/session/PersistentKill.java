package io.bindery.mybatis.internal.session;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/**
 * Kills what is at work, again and again while it is: a kill that comes before its statement stops
 * nothing. Safe for all threads.
 */
final class PersistentKill {
  /** How long after the first kill it is looked whether that came before the statement. */
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final Runnable kill;
  private final DeadlineWatch watch;
  private volatile boolean working;

  /**
   * Kills nothing yet.
   *
   * @param kill one kill
   * @param watch runs the later ones
   */
  PersistentKill(Runnable kill, DeadlineWatch watch) {
    this.kill = kill;
    this.watch = watch;
  }

  /** Says whether there is work. */
  void working(boolean now) {
    working = now;
  }

  /** Kills, and goes on with it while there is work. */
  void begin() {
    kill(AGAIN);
  }

  private void kill(Duration pause) {
    kill.run();
    if (working) {
      try {
        watch.after(pause, () -> again(pause.multipliedBy(2)));
      } catch (RejectedExecutionException e) {
        // the adapter stops, which waits for nobody
        return;
      }
    }
  }

  private void again(Duration pause) {
    if (working) {
      kill(pause);
    }
  }
}
