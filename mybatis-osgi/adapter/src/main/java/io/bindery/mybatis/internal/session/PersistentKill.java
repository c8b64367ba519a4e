package io.bindery.mybatis.internal.session;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Kills what is at work, again and again while it is: a kill that comes before its statement stops
 * nothing. Safe for all threads.
 */
final class PersistentKill {
  /** How long after the first kill it is looked whether that came before the statement. */
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final Runnable kill;
  private final DeadlineWatch watch;
  private final AtomicBoolean working = new AtomicBoolean();

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
    working.set(now);
  }

  /** The same at less cost, for each row; seen by others long before a kill has come and gone. */
  void workingSoon(boolean now) {
    working.lazySet(now);
  }

  /** Kills, and goes on with it while there is work. */
  void begin() {
    kill(AGAIN);
  }

  private void kill(Duration pause) {
    kill.run();
    if (working.get()) {
      try {
        watch.after(pause, () -> again(pause.multipliedBy(2)));
      } catch (RejectedExecutionException e) {
        // the adapter stops, which waits for nobody
        return;
      }
    }
  }

  private void again(Duration pause) {
    if (working.get()) {
      kill(pause);
    }
  }
}
