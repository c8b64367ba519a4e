package io.bindery.shell.internal.rows;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Watches a thread that may wait in a database's socket, where an interrupt is not heard: ends the
 * reading when the thread is interrupted, and gives signs of life.
 */
public final class Watch implements AutoCloseable {
  private static final long EVERY_MILLIS = 100;

  private final Thread watched;
  private final Runnable abort;
  private final Runnable tick;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean interrupted;

  /**
   * Watches the calling thread until it is closed.
   *
   * @param abort ends the reading; called once, from another thread
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

  /** Whether the reading was ended because of an interrupt. */
  public boolean interrupted() {
    return interrupted;
  }

  @Override
  public void close() {
    over.countDown();
  }

  private void look() {
    try {
      while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        if (watched.isInterrupted()) {
          interrupted = true;
          abort.run();
          return;
        }
        tick.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
