package io.bindery.bind.spi;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One wait of a thread that is interrupted and stays so: a selector returns to such a thread at
 * once, so another thread waits for it.
 */
final class InterruptedSelect {
  private final Selector selector;
  private final int timeoutMillis;
  private final Object waiting = new Object();
  private final Semaphore begun = new Semaphore(0);
  private @Nullable IOException failure;
  private boolean closed;
  private int selected;

  InterruptedSelect(Selector selector, int timeoutMillis) {
    this.selector = selector;
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * Waits, with the interrupt to be seen.
   *
   * @return how many channels are ready
   */
  int await() throws IOException {
    Thread other = new Thread(this::select, "bindery socket wait");
    other.setDaemon(true);
    other.start();
    begun.acquireUninterruptibly();
    // to enter a monitor is the one wait that does not touch the interrupt
    synchronized (waiting) {
      if (failure != null) {
        throw failure;
      }
      if (closed) {
        throw new ClosedSelectorException();
      }
      return selected;
    }
  }

  private void select() {
    synchronized (waiting) {
      begun.release();
      try {
        selected = selector.select(timeoutMillis);
      } catch (IOException e) {
        failure = e;
      } catch (ClosedSelectorException e) {
        closed = true;
      }
    }
  }
}
