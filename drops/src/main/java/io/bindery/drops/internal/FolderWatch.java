package io.bindery.drops.internal;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes one thread when something happens in a folder, or when another thread says so. What
 * happened does not matter: the folders are scanned anyway, so no lost event can do harm.
 */
final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  private record Watched(WatchKey key, @Nullable Object identity) {}

  private final @Nullable WatchService service;
  private final Map<Path, Watched> watched = new HashMap<>();
  private final Object lock = new Object();
  private @Nullable Thread waiting;
  private boolean woken;

  FolderWatch() {
    WatchService made = null;
    try {
      made = FileSystems.getDefault().newWatchService();
    } catch (IOException e) {
      LOG.warn(
          "folders cannot be watched ({}); they are looked at every second instead, raise the"
              + " system's limit of inotify instances",
          e.toString());
    }
    service = made;
  }

  /** Watches these folders where they are now: a folder that was replaced is watched anew. */
  void watch(List<Path> folders) {
    if (service == null) {
      return;
    }
    for (Path folder : folders) {
      try {
        Object identity =
            Files.isDirectory(folder)
                ? Files.readAttributes(folder, BasicFileAttributes.class).fileKey()
                : null;
        Watched before = watched.get(folder);
        if (before != null
            && before.key().isValid()
            && Objects.equals(before.identity(), identity)) {
          continue;
        }
        if (before != null) {
          before.key().cancel();
          watched.remove(folder);
        }
        if (Files.isDirectory(folder)) {
          WatchKey key =
              folder.register(
                  service,
                  StandardWatchEventKinds.ENTRY_CREATE,
                  StandardWatchEventKinds.ENTRY_MODIFY,
                  StandardWatchEventKinds.ENTRY_DELETE);
          watched.put(folder, new Watched(key, identity));
        }
      } catch (IOException e) {
        LOG.debug("folder '{}': not watched, only looked at from time to time", folder, e);
      }
    }
  }

  /** Waits until something happens or the time is over. */
  void await(long nanos) {
    synchronized (lock) {
      if (woken) {
        woken = false;
        return;
      }
      waiting = Thread.currentThread();
    }
    try {
      if (service == null) {
        TimeUnit.NANOSECONDS.sleep(nanos);
      } else {
        drain(service.poll(nanos, TimeUnit.NANOSECONDS));
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      LOG.trace("woken");
    } finally {
      synchronized (lock) {
        waiting = null;
        woken = false;
        // only wake() interrupts, and only while waiting is set
        Thread.interrupted();
      }
    }
  }

  private void drain(@Nullable WatchKey first) {
    @Nullable WatchKey key = first;
    while (key != null && service != null) {
      key.pollEvents();
      key.reset();
      key = service.poll();
    }
  }

  /** Ends the wait of now, or the next one. For all threads. */
  void wake() {
    synchronized (lock) {
      woken = true;
      if (waiting != null) {
        waiting.interrupt();
      }
    }
  }

  @Override
  public void close() {
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        LOG.debug("watch cannot be closed", e);
      }
    }
  }
}
