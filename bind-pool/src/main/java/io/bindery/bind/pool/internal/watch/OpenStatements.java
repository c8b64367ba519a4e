package io.bindery.bind.pool.internal.watch;

import java.util.ArrayList;
import java.util.List;

/**
 * The watched statements of one connection that have a result which nobody has closed. Safe for all
 * threads.
 */
public final class OpenStatements {
  // takes next to nothing while nobody watches
  private final List<WatchedStatement> open = new ArrayList<>(0);

  synchronized void add(WatchedStatement statement) {
    open.add(statement);
  }

  synchronized void remove(WatchedStatement statement) {
    open.remove(statement);
  }

  /** Reports what is still open, as its connection is given back. */
  public void finish() {
    List<WatchedStatement> left;
    synchronized (this) {
      left = List.copyOf(open);
    }
    left.forEach(WatchedStatement::end);
  }
}
