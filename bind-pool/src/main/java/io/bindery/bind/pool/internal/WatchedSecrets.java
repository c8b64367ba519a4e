package io.bindery.bind.pool.internal;

import io.bindery.bind.pool.internal.config.Placeholder;
import io.bindery.bind.pool.internal.config.PlaceholderLookup;
import io.bindery.bind.pool.internal.config.UnresolvedPlaceholderException;
import io.bindery.bind.pool.internal.life.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a secret which was asked for has another text now. The files are looked at, not the
 * folder, and through their links: so a swapped link is seen, wherever it stands in the path. There
 * is one thread for all, and none while no secret is used. The look has its own thread, as a
 * secrets folder may be a file system that hangs.
 */
final class WatchedSecrets implements PlaceholderLookup, AutoCloseable {
  private static final long PERIOD_MILLIS = 1_000;

  /** So often everything is read again, whatever the files' times say. */
  private static final int LOOKS_UNTIL_READING = 60;

  private final PlaceholderLookup lookup;
  private final Path folder;
  private final Runnable changed;
  private final ScheduledThreadPoolExecutor timer;
  private final Map<String, Stamp> used = new ConcurrentHashMap<>();
  private final AtomicBoolean differs = new AtomicBoolean();
  private final AtomicBoolean looking = new AtomicBoolean();
  private int looks;

  /** What shows that a file is another; all of it null for one that cannot be seen. */
  private record Stamp(@Nullable FileTime modified, long size, @Nullable Object file) {
    static Stamp of(Path path) {
      try {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
      } catch (IOException e) {
        return new Stamp(null, 0, null);
      }
    }
  }

  /**
   * Watches what is asked for from now on.
   *
   * @param lookup finds the texts
   * @param folder the secrets' folder
   * @param changed is told that secrets may have another text; it must not take long
   */
  WatchedSecrets(PlaceholderLookup lookup, Path folder, Workers workers, Runnable changed) {
    this.lookup = lookup;
    this.folder = folder;
    this.changed = changed;
    this.timer = new ScheduledThreadPoolExecutor(1, workers.daemons("secrets"));
    timer.setKeepAliveTime(2 * PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  @Override
  public String find(Placeholder placeholder) throws UnresolvedPlaceholderException {
    if (placeholder.kind() == Placeholder.Kind.SECRET) {
      // before it is read: what changes while it is read is seen at the next look
      Stamp now = Stamp.of(folder.resolve(placeholder.name()));
      Stamp before = used.put(placeholder.name(), now);
      if (before != null && !before.equals(now)) {
        // another bind may have read the text before
        differs.set(true);
      }
      if (looking.compareAndSet(false, true)) {
        lookLater();
      }
    }
    return lookup.find(placeholder);
  }

  private void lookLater() {
    try {
      timer.schedule(this::look, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // the end has come
    }
  }

  private void look() {
    used.forEach(
        (name, stamp) -> {
          if (!stamp.equals(Stamp.of(folder.resolve(name)))) {
            differs.set(true);
          }
        });
    looks++;
    if (differs.getAndSet(false) || looks >= LOOKS_UNTIL_READING) {
      looks = 0;
      // what is still used is asked for again
      used.clear();
      changed.run();
    }
    looking.set(false);
    if (!used.isEmpty() && looking.compareAndSet(false, true)) {
      lookLater();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
