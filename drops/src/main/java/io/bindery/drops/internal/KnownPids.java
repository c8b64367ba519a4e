package io.bindery.drops.internal;

import io.bindery.error.NearestName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The PIDs that somebody who runs reads, and what a file name that nobody reads was meant to be.
 *
 * @param factories the PIDs of many configurations
 * @param singles the PIDs of one configuration each
 * @param components the PIDs of components, which take one configuration or many
 */
record KnownPids(
    SortedSet<String> factories, SortedSet<String> singles, SortedSet<String> components) {
  private static final int MOST_GUESSES = 3;

  /** Whether somebody takes the configuration of that name. */
  boolean isRead(ConfigurationName name) {
    return components.contains(name.servicePid())
        || singles.contains(name.pid())
        || (name.name() != null && factories.contains(name.servicePid()));
  }

  /**
   * Why nobody reads a file of that name, and what it may have been meant to be.
   *
   * @param name a name that {@link #isRead} does not know
   */
  String complaint(ConfigurationName name) {
    String pid = name.servicePid();
    if (name.name() == null && factories.contains(pid)) {
      return "misnamed: '%s' makes many configurations, so each has a name; rename it to '%s'"
          .formatted(pid, fileName(pid, null));
    }
    if (name.name() != null && singles.contains(pid)) {
      return "misnamed: '%s' is one configuration, so it has no name; rename it to '%s'"
          .formatted(pid, fileName(pid, null));
    }
    List<String> guesses = guesses(name);
    return "nobody reads it: nothing that runs is configured by '%s'; %s"
        .formatted(
            pid,
            guesses.isEmpty()
                ? "it is read as soon as a bundle asks for that PID"
                : "did you mean '" + String.join("' or '", guesses) + "'?");
  }

  private List<String> guesses(ConfigurationName name) {
    SortedSet<String> all = new TreeSet<>(factories);
    all.addAll(singles);
    all.addAll(components);
    String parted = parted(name, all);
    if (parted != null) {
      return List.of(parted);
    }
    boolean word = name.servicePid().indexOf('.') < 0;
    String pid = word ? byLastWord(name.servicePid()) : null;
    if (pid == null) {
      pid = NearestName.of(name.servicePid(), all);
    }
    if (pid != null) {
      return List.of(fileName(pid, name.name()));
    }
    List<String> guesses = new ArrayList<>();
    if (word && name.name() == null) {
      factories.stream()
          .limit(MOST_GUESSES)
          .forEach(factory -> guesses.add(fileName(factory, name.servicePid())));
    }
    return guesses;
  }

  private @Nullable String byLastWord(String word) {
    SortedMap<String, String> pids = new TreeMap<>();
    for (Set<String> some : List.of(singles, factories)) {
      some.forEach(pid -> pids.put(pid.substring(pid.lastIndexOf('.') + 1), pid));
    }
    String near = NearestName.of(word, pids.keySet());
    return near == null ? null : pids.get(near);
  }

  /** A known PID that was written in other letters, or parted from the name by something else. */
  private @Nullable String parted(ConfigurationName name, Set<String> all) {
    String written =
        name.name() == null ? name.servicePid() : name.servicePid() + '-' + name.name();
    String plain = plain(written);
    List<String> longestFirst = new ArrayList<>(all);
    longestFirst.sort(Comparator.comparing(String::length).reversed());
    for (String pid : longestFirst) {
      if (plain.equals(plain(pid))) {
        return fileName(pid, null);
      }
      if (!singles.contains(pid) && plain.startsWith(plain(pid) + '.')) {
        return fileName(pid, written.substring(pid.length() + 1));
      }
    }
    return null;
  }

  private static String plain(String text) {
    return text.replaceAll("[_-]", ".").toLowerCase(Locale.ROOT);
  }

  private String fileName(String pid, @Nullable String name) {
    boolean single = !factories.contains(pid) && (name == null || singles.contains(pid));
    String known = name == null ? "NAME" : name;
    return new ConfigurationName(pid, single ? null : known).fileName();
  }
}
