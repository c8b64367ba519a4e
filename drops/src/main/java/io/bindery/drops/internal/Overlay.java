package io.bindery.drops.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which configurations the base folder and the profile's folder make together.
 *
 * @param configurations the file that stands for each configuration, by folded PID; a file without
 *     values stands for a configuration that keeps what it had
 * @param problems what is wrong with files, by path
 */
record Overlay(Map<String, ConfigurationFile> configurations, Map<Path, String> problems) {
  private static final Comparator<ConfigurationFile> CLEANEST_NAME_FIRST =
      Comparator.comparing((ConfigurationFile file) -> !named(file).pid().equals(folded(file)))
          .thenComparing(ConfigurationFile::path);

  /**
   * Lays one folder over the other.
   *
   * @param base the files in etc
   * @param profile the files in the profile's folder
   * @param shown how a path is shown to a person
   */
  static Overlay of(
      List<ConfigurationFile> base, List<ConfigurationFile> profile, Function<Path, String> shown) {
    Map<Path, String> problems = new HashMap<>();
    Map<String, ConfigurationFile> below = unique(base, problems, shown);
    Map<String, ConfigurationFile> above = unique(profile, problems, shown);
    Map<String, ConfigurationFile> result = new TreeMap<>(below);
    below.forEach(
        (pid, file) -> {
          if (file.empty()) {
            problems.put(
                file.path(),
                "empty: write 'key = value' lines into it, or a comment, or delete it");
            result.put(pid, file.withoutValues());
          }
        });
    above.forEach(
        (pid, file) -> {
          boolean hides = file.values() != null && file.values().isEmpty();
          if (!hides) {
            result.put(pid, file);
          } else if (result.remove(pid) == null) {
            problems.put(file.path(), "empty: it hides nothing, as etc/ has no file of this name");
          }
        });
    return new Overlay(result, problems);
  }

  private static Map<String, ConfigurationFile> unique(
      List<ConfigurationFile> files, Map<Path, String> problems, Function<Path, String> shown) {
    Map<String, List<ConfigurationFile>> byPid = new TreeMap<>();
    for (ConfigurationFile file : files) {
      if (file.problem() != null) {
        problems.put(file.path(), file.problem());
      }
      if (file.name() != null) {
        byPid.computeIfAbsent(folded(file), pid -> new ArrayList<>()).add(file);
      }
    }
    Map<String, ConfigurationFile> winners = new TreeMap<>();
    byPid.forEach(
        (pid, same) -> {
          same.sort(CLEANEST_NAME_FIRST);
          ConfigurationFile winner = same.get(0);
          winners.put(pid, winner);
          for (ConfigurationFile loser : same.subList(1, same.size())) {
            problems.put(
                loser.path(),
                "duplicate: '"
                    + shown.apply(winner.path())
                    + "' is the same name but for case or accents, and is taken; delete one");
          }
        });
    return winners;
  }

  private static String folded(ConfigurationFile file) {
    return named(file).folded();
  }

  private static ConfigurationName named(ConfigurationFile file) {
    @Nullable ConfigurationName name = file.name();
    if (name == null) {
      throw new IllegalStateException("a file without a name has no PID");
    }
    return name;
  }
}
