package io.bindery.mybatis.internal.session;

import io.bindery.source.Deadline;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs something when a time has come. Reading a result is stopped by it: JDBC's query timeout ends
 * when the first row is there. The work runs on threads of its own, since a kill takes a while. The
 * clock wakes for the earliest moment, also when that was cancelled meanwhile: nearly all are, and
 * waking it for each call would cost more than a statement's own work.
 */
public final class DeadlineWatch implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final AtomicInteger number = new AtomicInteger();
  private final long origin = System.nanoTime();
  private final Set<Alarm> alarms = ConcurrentHashMap.newKeySet();
  private final ExecutorService workers = Executors.newCachedThreadPool(this::thread);
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, this::thread);

  private volatile long next = NEVER;
  private @Nullable Future<?> wake;

  /** Something that is to be done. */
  public static final class Alarm {
    private final DeadlineWatch owner;
    private final long at;
    private final Runnable work;

    private Alarm(DeadlineWatch owner, long at, Runnable work) {
      this.owner = owner;
      this.at = at;
      this.work = work;
    }

    /** Forgets the work, unless it has begun. */
    public void cancel() {
      owner.alarms.remove(this);
    }
  }

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
   * @throws RejectedExecutionException when nothing is watched any more
   */
  public Alarm at(Deadline deadline, Runnable work) {
    return after(deadline.remaining(), work);
  }

  /**
   * Runs work later.
   *
   * @param delay how much later
   * @param work the work
   * @return cancel it when it is no longer needed
   * @throws RejectedExecutionException when nothing is watched any more
   */
  public Alarm after(Duration delay, Runnable work) {
    if (clock.isShutdown()) {
      throw new RejectedExecutionException("nobody watches deadlines any more");
    }
    long nanos = delay.compareTo(LONGEST) < 0 ? delay.toNanos() : LONGEST.toNanos();
    Alarm alarm = new Alarm(this, now() + nanos, work);
    alarms.add(alarm);
    if (alarm.at < next) {
      wakeAt(alarm.at);
    }
    return alarm;
  }

  private long now() {
    return System.nanoTime() - origin;
  }

  private synchronized void wakeAt(long moment) {
    if (moment < next) {
      if (wake != null) {
        wake.cancel(false);
      }
      wake = clock.schedule(this::ring, moment - now(), TimeUnit.NANOSECONDS);
      next = moment;
    }
  }

  /** Whatever is added from now on looks after its own moment. */
  private synchronized void forgetNext() {
    next = NEVER;
  }

  private void ring() {
    forgetNext();
    long now = now();
    long earliest = NEVER;
    for (Alarm alarm : alarms) {
      if (alarm.at > now) {
        earliest = Math.min(earliest, alarm.at);
      } else if (alarms.remove(alarm)) {
        workers.execute(alarm.work);
      }
    }
    wakeAt(earliest);
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
    alarms.clear();
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
