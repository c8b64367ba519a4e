package io.bindery.drops.internal;

import io.bindery.drops.DroppedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread: it scans the folders, carries what is whole, and waits for the next reason. */
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
  private final ConfigurationFolders configurations;
  private final DeployFolder deploy;
  private final BundleDelivery bundles;
  private final ProblemLog problems;
  private final Settling settling;
  private final Supplier<@Nullable ConfigurationAdmin> admin;
  private final BooleanSupplier frameworkIsActive;
  private final AtomicBoolean stopping;
  private final AtomicBoolean bundlesChanged = new AtomicBoolean();
  private final long begun = System.nanoTime();
  private volatile List<DroppedFile> files = List.of();
  private @Nullable ConfigurationAdmin settledWith;
  private @Nullable String fault;
  private long scanNanos;

  Carrier(
      Home home,
      FolderWatch watch,
      ConfigurationFolders configurations,
      DeployFolder deploy,
      BundleDelivery bundles,
      Settling settling,
      Supplier<@Nullable ConfigurationAdmin> admin,
      BooleanSupplier frameworkIsActive,
      AtomicBoolean stopping) {
    this.watch = watch;
    this.configurations = configurations;
    this.deploy = deploy;
    this.bundles = bundles;
    this.problems = new ProblemLog(home::shown);
    this.settling = settling;
    this.admin = admin;
    this.frameworkIsActive = frameworkIsActive;
    this.stopping = stopping;
  }

  /** Every file that was seen in the last scan, sorted by path. For all threads. */
  List<DroppedFile> files() {
    return files;
  }

  /** Bundles came, went or changed: what failed before may work now. For all threads. */
  void bundlesChanged() {
    bundlesChanged.set(true);
    watch.wake();
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
      } catch (RuntimeException e) {
        if (!stopping.get() && !e.toString().equals(fault)) {
          fault = e.toString();
          LOG.error("folders cannot be carried over; tried again every second", e);
        }
      }
      long end = System.nanoTime();
      long pause = Math.min(Math.max(SCAN_NANOS, scanNanos * SCAN_SHARE), MOST_NANOS_BETWEEN_SCANS);
      for (WatchedFolder folder : folders()) {
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

  private List<WatchedFolder> folders() {
    return Stream.concat(configurations.folders().stream(), Stream.of(deploy.folder())).toList();
  }

  private void round() {
    long start = System.nanoTime();
    List<WatchedFolder> folders = folders();
    folders.forEach(WatchedFolder::create);
    watch.watch(folders.stream().map(WatchedFolder::path).toList());
    folders.forEach(WatchedFolder::scan);
    scanNanos = System.nanoTime() - start;
    @Nullable ConfigurationAdmin now = admin.get();
    configurations.carry(now);
    if (bundlesChanged.getAndSet(false)) {
      bundles.retryFailed();
    }
    boolean active = frameworkIsActive.getAsBoolean();
    deploy.carry(active);
    files = seen(folders);
    problems.report(files);
    if (active && now != null && now != settledWith && isQuiet(folders)) {
      settle(now);
    }
  }

  private List<DroppedFile> seen(List<WatchedFolder> folders) {
    List<DroppedFile> seen = new ArrayList<>(configurations.files());
    seen.addAll(deploy.files());
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

  private void settle(ConfigurationAdmin now) {
    try {
      settling.begin(now);
      settledWith = now;
    } catch (IOException | IllegalStateException e) {
      LOG.debug("ConfigAdmin went away; settled when it is back", e);
    }
  }
}
