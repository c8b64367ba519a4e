package io.bindery.bind.pool.internal.life;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The threads that all binds share. None but the timer lives longer than a second without work, so
 * that a home whose binds are idle has none for them, however many came up at once. Probing again
 * what is down has threads of its own, so that a hundred dead databases do not delay a living one.
 */
public final class Workers implements AutoCloseable {
  private static final int MOST_CHANGES = 64;
  private static final int MOST_PROBES = 16;
  private static final int HOUSEKEEPERS = 4;
  private static final long IDLE_SECONDS = 1;

  private final AtomicLong count = new AtomicLong();
  private final ExecutorService changes = growing("change", MOST_CHANGES);
  private final ExecutorService probes = growing("probe", MOST_PROBES);
  private final ExecutorService urgent =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          daemons("urgent"));
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, daemons("timer"));

  private final ScheduledThreadPoolExecutor housekeeping =
      new ScheduledThreadPoolExecutor(HOUSEKEEPERS, daemons("housekeeping"));

  private final LateJmx jmx = new LateJmx(this);

  /** Makes the executors; their threads come with the work. */
  public Workers() {
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    housekeeping.setRemoveOnCancelPolicy(true);
    housekeeping.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    housekeeping.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    housekeeping.allowCoreThreadTimeOut(true);
  }

  private ExecutorService growing(String name, int most) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Runs what a new or changed configuration asks for. */
  Executor changes() {
    return changes;
  }

  /** Runs what tries again. */
  Executor probes() {
    return probes;
  }

  /** Runs what cannot wait for others: kills, and checks that a caller waits for. */
  ExecutorService urgent() {
    return urgent;
  }

  /** Starts what cannot wait; at the end of all it is done at once. */
  <T> CompletableFuture<T> urgently(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, urgent);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(work.get());
    }
  }

  /** For short tasks that hand over to an executor. */
  ScheduledThreadPoolExecutor timer() {
    return timer;
  }

  /** For HikariCP: what keeps connections alive may wait long for a silent database. */
  ScheduledThreadPoolExecutor housekeeping() {
    return housekeeping;
  }

  /** What all binds show in JMX. */
  public LateJmx jmx() {
    return jmx;
  }

  /**
   * Daemon threads that hold on to nobody's class loader.
   *
   * @param name what they are for
   */
  public ThreadFactory daemons(String name) {
    return task -> unrelated(task, "bindery-bind-" + name + "-" + count.incrementAndGet());
  }

  /**
   * A daemon thread without traces of the bundles whose calls led to it: up to Java 23, threads
   * keep the access control context that they were made in, and with it the class loaders of all
   * callers.
   */
  @SuppressWarnings("removal")
  static Thread unrelated(Runnable task, String name) {
    Thread thread =
        AccessController.doPrivileged(
            (PrivilegedAction<Thread>) () -> new Thread(null, task, name, 0, false));
    thread.setDaemon(true);
    thread.setContextClassLoader(Workers.class.getClassLoader());
    return thread;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    housekeeping.shutdownNow();
    changes.shutdown();
    probes.shutdownNow();
    urgent.shutdown();
  }
}
