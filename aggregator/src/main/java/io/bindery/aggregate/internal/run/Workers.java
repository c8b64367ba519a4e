package io.bindery.aggregate.internal.run;

import java.lang.reflect.InvocationTargetException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of the aggregator: virtual ones where the JVM has them, else daemons that end when
 * they have nothing to do; and a clock. Safe for all threads.
 */
public final class Workers implements AutoCloseable {
  private final ExecutorService pool;
  private final ScheduledThreadPoolExecutor clock;

  /** Starts no thread yet. */
  public Workers() {
    pool = pool();
    clock = new ScheduledThreadPoolExecutor(1, daemons("bindery-aggregator-clock"));
    clock.setRemoveOnCancelPolicy(true);
    clock.setKeepAliveTime(10, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
  }

  private static ExecutorService pool() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return Executors.newCachedThreadPool(daemons("bindery-aggregator"));
    }
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = unrelated(work, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      // not that of the first caller, whose bundle may be replaced
      thread.setContextClassLoader(Workers.class.getClassLoader());
      return thread;
    };
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

  /**
   * Does work on a thread of its own; when all is being stopped, or the system has no thread left,
   * on the caller's.
   *
   * @param work what is done; what it throws is in the future only
   */
  public Future<?> run(Runnable work) {
    FutureTask<?> task = new FutureTask<>(work, null);
    try {
      pool.execute(task);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      task.run();
    }
    return task;
  }

  ScheduledFuture<?> in(Duration delay, Runnable work) {
    return clock.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  ScheduledFuture<?> every(Duration interval, Runnable work) {
    long nanos = Math.max(1, interval.toNanos());
    return clock.scheduleWithFixedDelay(work, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Stops everything that still runs. */
  @Override
  public void close() {
    clock.shutdownNow();
    pool.shutdownNow();
  }
}
