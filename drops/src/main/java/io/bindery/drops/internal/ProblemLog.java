package io.bindery.drops.internal;

import io.bindery.drops.DroppedFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of each problem once, however often it is seen. For one thread. */
final class ProblemLog {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemLog.class);

  private final Function<Path, String> shown;
  private Map<Path, String> known = Map.of();

  ProblemLog(Function<Path, String> shown) {
    this.shown = shown;
  }

  /** Warns of what was not there the last time. */
  void report(List<DroppedFile> files) {
    Map<Path, String> now = new HashMap<>();
    for (DroppedFile file : files) {
      String problem = file.problem();
      if (problem != null) {
        now.put(file.path(), problem);
        if (!problem.equals(known.get(file.path()))) {
          LOG.warn("file '{}': {}", shown.apply(file.path()), problem);
        }
      }
    }
    known = now;
  }
}
