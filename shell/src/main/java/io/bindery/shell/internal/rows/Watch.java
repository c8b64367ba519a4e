package io.bindery.shell.internal.rows;

import io.bindery.source.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Watches a thread that may wait in a database's socket, where an interrupt is not heard: ends the
 * reading when the thread is interrupted, and gives signs of life.
 */
public final class Watch implements AutoCloseable {
  private static final long EVERY_MILLIS = 50;

  private final Thread watched;
  private final Runnable abort;
  private final Runnable tick;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean interrupted;

  /**
   * Watches the calling thread until it is closed.
   *
   * @param abort ends the reading; called from another thread, and later and later again as long as
   *     the reading goes on, since a kill that comes before its statement stops nothing
   * @param tick called again and again, from another thread
   */
  public Watch(Runnable abort, Runnable tick) {
    this.watched = Thread.currentThread();
    this.abort = abort;
    this.tick = tick;
    Thread thread = new Thread(this::look, "bindery shell watch");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Does work that can be cancelled, and cancels it when the calling thread is interrupted.
   *
   * @param work the work
   * @return what the work returns
   */
  public static <T> T over(Function<Cancellation, T> work) {
    Cancellation cancellation = new Cancellation();
    try (Watch ignored = new Watch(cancellation::cancel, () -> {})) {
      return work.apply(cancellation);
    }
  }

  /** Whether the reading ends because of an interrupt. */
  public boolean interrupted() {
    return interrupted || watched.isInterrupted();
  }

  @Override
  public void close() {
    over.countDown();
  }

  private void look() {
    try {
      long pause = EVERY_MILLIS;
      while (!over.await(pause, TimeUnit.MILLISECONDS)) {
        if (interrupted || watched.isInterrupted()) {
          interrupted = true;
          abort.run();
          pause *= 2;
        } else {
          tick.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
