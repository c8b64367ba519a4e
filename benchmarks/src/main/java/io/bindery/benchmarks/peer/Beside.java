package io.bindery.benchmarks.peer;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads for what goes on beside the caller. */
final class Beside {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "beside");
            thread.setDaemon(true);
            return thread;
          });

  private Beside() {}

  static <T> Future<T> start(Callable<T> work) {
    return THREADS.submit(work);
  }
}
