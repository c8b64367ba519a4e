package io.bindery.drops.internal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a folder looks like from scan to scan into what it holds for certain: a file counts as
 * written, changed or deleted when it stayed so for a quiet period. For one thread.
 */
final class QuietFiles {
  /** A file whose times lie this far back is not being written, whatever was seen of it before. */
  static final long OLD_MILLIS = 2_000;

  private record Candidate(@Nullable Fingerprint fingerprint, long sinceNanos) {}

  private final long quietNanos;
  private final Map<Path, Fingerprint> settled = new TreeMap<>();
  private final Map<Path, Candidate> candidates = new HashMap<>();

  QuietFiles(long quietNanos) {
    this.quietNanos = quietNanos;
  }

  /**
   * Takes in one scan.
   *
   * @param seen what the folder holds now
   * @param nowNanos a clock that only goes forward
   * @param nowMillis the clock that the files' times are from
   */
  void observe(Map<Path, Fingerprint> seen, long nowNanos, long nowMillis) {
    Set<Path> paths = new HashSet<>(seen.keySet());
    paths.addAll(settled.keySet());
    paths.addAll(candidates.keySet());
    for (Path path : paths) {
      observe(path, seen.get(path), nowNanos, nowMillis);
    }
  }

  private void observe(
      Path path, @Nullable Fingerprint fingerprint, long nowNanos, long nowMillis) {
    if (Objects.equals(fingerprint, settled.get(path))) {
      candidates.remove(path);
      return;
    }
    Candidate candidate = candidates.get(path);
    if (candidate == null || !Objects.equals(candidate.fingerprint(), fingerprint)) {
      candidate = new Candidate(fingerprint, nowNanos);
      candidates.put(path, candidate);
    }
    boolean old = fingerprint != null && fingerprint.isOlderThan(OLD_MILLIS, nowMillis);
    if (old || nowNanos - candidate.sinceNanos() >= quietNanos) {
      candidates.remove(path);
      if (fingerprint == null) {
        settled.remove(path);
      } else {
        settled.put(path, fingerprint);
      }
    }
  }

  /** The files that are whole, sorted by path, each as it was when it became quiet. */
  Map<Path, Fingerprint> settled() {
    return settled;
  }

  /** The files that are there for the first time and may not be whole yet. */
  Set<Path> arriving() {
    Set<Path> arriving = new TreeSet<>();
    candidates.forEach(
        (path, candidate) -> {
          if (candidate.fingerprint() != null && !settled.containsKey(path)) {
            arriving.add(path);
          }
        });
    return arriving;
  }

  /** How long until the first restless file may be quiet, or {@code Long.MAX_VALUE}. */
  long nanosUntilQuiet(long nowNanos) {
    long least = Long.MAX_VALUE;
    for (Candidate candidate : candidates.values()) {
      least = Math.min(least, Math.max(0, candidate.sinceNanos() + quietNanos - nowNanos));
    }
    return least;
  }

  boolean isQuiet() {
    return candidates.isEmpty();
  }
}
