package io.bindery.drops.internal;

import io.bindery.drops.DroppedFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one thread: it scans folders, carries what is whole, and waits for the next reason.
 */
final class Carrier implements Runnable {
  /** How long a file must stay as it is to count as whole. */
  static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);
  private static final long SCAN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LEAST_NANOS_BETWEEN_SCANS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Bounds what scanning costs in a home of many files: a hundredth of one processor. */
  private static final long SCAN_SHARE = 100;

  private static final long MOST_NANOS_BETWEEN_SCANS = TimeUnit.SECONDS.toNanos(5);

  /** Files that never become quiet do not keep the rest from being settled. */
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final FolderWatch watch;
  private final Cargo cargo;
  private final ProblemLog problems;
  private final BooleanSupplier mayStart;
  private final AtomicBoolean stopping;
  private final long begun = System.nanoTime();
  private volatile List<DroppedFile> files = List.of();
  private volatile boolean carried;
  private @Nullable String fault;
  private long scanNanos;

  /**
   * Nothing is carried before {@link #run}.
   *
   * @param mayStart whether the framework is ready for bundles to be started
   */
  Carrier(
      Home home, FolderWatch watch, Cargo cargo, BooleanSupplier mayStart, AtomicBoolean stopping) {
    this.watch = watch;
    this.cargo = cargo;
    this.problems = new ProblemLog(home::shown);
    this.mayStart = mayStart;
    this.stopping = stopping;
  }

  /** Every file that was seen in the last scan, sorted by path. For all threads. */
  List<DroppedFile> files() {
    return files;
  }

  /** Whether the folders were carried over at least once. For all threads. */
  boolean hasCarried() {
    return carried;
  }

  /** Ends the thread at the next occasion. For all threads. */
  void stop() {
    stopping.set(true);
    watch.wake();
  }

  @Override
  public void run() {
    while (!stopping.get()) {
      try {
        round();
        fault = null;
      } catch (RuntimeException | Error e) {
        // a bundle that lacks a class or a moment without memory must not end all deliveries
        if (!stopping.get() && !e.toString().equals(fault)) {
          fault = e.toString();
          LOG.error("folders cannot be carried over; tried again every second", e);
        }
      }
      long end = System.nanoTime();
      long pause = Math.min(Math.max(SCAN_NANOS, scanNanos * SCAN_SHARE), MOST_NANOS_BETWEEN_SCANS);
      for (WatchedFolder folder : cargo.folders()) {
        pause = Math.min(pause, folder.nanosUntilQuiet());
      }
      if (!stopping.get()) {
        watch.await(Math.max(pause, 1));
        waitUntil(end + LEAST_NANOS_BETWEEN_SCANS);
      }
    }
  }

  private void waitUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime();
        left > 0 && !stopping.get();
        left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void round() {
    long start = System.nanoTime();
    List<WatchedFolder> folders = cargo.folders();
    folders.forEach(WatchedFolder::create);
    watch.watch(folders.stream().map(WatchedFolder::path).toList());
    folders.forEach(WatchedFolder::scan);
    scanNanos = System.nanoTime() - start;
    boolean ready = mayStart.getAsBoolean();
    cargo.carry(ready);
    carried = true;
    files = seen(folders);
    problems.report(files);
    if (ready && isQuiet(folders)) {
      cargo.whole();
    }
  }

  private List<DroppedFile> seen(List<WatchedFolder> folders) {
    List<DroppedFile> seen = new ArrayList<>(cargo.files());
    for (WatchedFolder folder : folders) {
      if (folder.problem() != null) {
        seen.add(new DroppedFile(folder.path(), null, folder.problem()));
      }
    }
    seen.sort(Comparator.comparing(DroppedFile::path));
    return List.copyOf(seen);
  }

  private boolean isQuiet(List<WatchedFolder> folders) {
    return folders.stream().allMatch(WatchedFolder::isQuiet)
        || System.nanoTime() - begun > SETTLE_NANOS;
  }
}
