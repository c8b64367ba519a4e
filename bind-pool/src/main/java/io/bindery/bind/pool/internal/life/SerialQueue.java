package io.bindery.bind.pool.internal.life;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other on executors that are shared, and has no thread of its own. */
final class SerialQueue {
  private static final Logger log = LoggerFactory.getLogger(SerialQueue.class);

  private record Task(Executor executor, Runnable work) {}

  private final String owner;
  private final ArrayDeque<Task> tasks = new ArrayDeque<>();
  private boolean busy;

  SerialQueue(String owner) {
    this.owner = owner;
  }

  /**
   * Adds a task behind those that wait.
   *
   * @param executor where it runs when its turn comes
   * @param work what to do
   */
  void add(Executor executor, Runnable work) {
    synchronized (tasks) {
      tasks.add(new Task(executor, work));
      if (busy) {
        return;
      }
      busy = true;
    }
    startNext();
  }

  private void startNext() {
    Task task;
    synchronized (tasks) {
      task = tasks.poll();
      if (task == null) {
        busy = false;
        return;
      }
    }
    try {
      task.executor().execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      log.debug("{}: a task came after the end", owner);
      startNext();
    }
  }

  private void run(Task task) {
    try {
      task.work().run();
    } catch (RuntimeException | Error e) {
      log.error("{}: unexpected failure", owner, e);
    } finally {
      startNext();
    }
  }
}
