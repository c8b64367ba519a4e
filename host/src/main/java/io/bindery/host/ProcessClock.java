package io.bindery.host;

import java.lang.management.ManagementFactory;
import java.util.concurrent.FutureTask;

/** Tells how long this process runs. */
final class ProcessClock {
  // the class that knows takes some milliseconds to load, which another thread can spend
  private final FutureTask<Long> started =
      new FutureTask<>(() -> ManagementFactory.getRuntimeMXBean().getStartTime());

  private ProcessClock() {}

  static ProcessClock start() {
    ProcessClock clock = new ProcessClock();
    Thread thread = new Thread(clock.started, "process-clock");
    thread.setDaemon(true);
    thread.start();
    return clock;
  }

  /** Milliseconds since the process began. */
  long millis() throws InterruptedException {
    try {
      return System.currentTimeMillis() - started.get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
