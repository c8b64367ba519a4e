package io.bindery.mybatis.internal.session;

import io.bindery.source.Deadline;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs something when a time has come. Reading a result is stopped by it: JDBC's query timeout ends
 * when the first row is there. The work runs on threads of its own, since a kill takes a while.
 */
public final class DeadlineWatch implements AutoCloseable {
  private final AtomicInteger number = new AtomicInteger();
  private final ExecutorService workers = Executors.newCachedThreadPool(this::thread);
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, this::thread);

  /** Starts with no thread. */
  public DeadlineWatch() {
    clock.setRemoveOnCancelPolicy(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    clock.setKeepAliveTime(10, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs work at a moment.
   *
   * @param deadline the moment
   * @param work the work
   * @return cancel it when it is no longer needed
   */
  public Future<?> at(Deadline deadline, Runnable work) {
    return after(deadline.remaining(), work);
  }

  /**
   * Runs work later.
   *
   * @param delay how much later
   * @param work the work
   * @return cancel it when it is no longer needed
   */
  public Future<?> after(Duration delay, Runnable work) {
    return clock.schedule(() -> workers.execute(work), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Runs work now on another thread.
   *
   * @param work the work
   */
  public void now(Runnable work) {
    workers.execute(work);
  }

  /** Forgets what has not begun. */
  @Override
  public void close() {
    clock.shutdown();
    workers.shutdown();
  }

  private Thread thread(Runnable work) {
    Thread thread = unrelated(work, "bindery-models-" + number.incrementAndGet());
    thread.setDaemon(true);
    // not that of the caller, who may be at work for a model
    thread.setContextClassLoader(DeadlineWatch.class.getClassLoader());
    return thread;
  }

  /**
   * A thread without traces of the bundles whose calls led to it: up to Java 23, threads keep the
   * access control context that they were made in, and with it the class loaders of all callers.
   */
  @SuppressWarnings("removal")
  private static Thread unrelated(Runnable work, String name) {
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>) () -> new Thread(null, work, name, 0, false));
  }
}
