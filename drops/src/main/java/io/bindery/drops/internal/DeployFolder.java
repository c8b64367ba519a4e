package io.bindery.drops.internal;

import io.bindery.drops.DroppedFile;
import io.bindery.drops.internal.InstalledBundles.Installed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Carries the jars of the deploy folder into the framework. For one thread. */
final class DeployFolder {
  private static final Comparator<JarFacts> HIGHEST_VERSION_FIRST =
      Comparator.comparing(JarFacts::version).reversed().thenComparing(JarFacts::path);

  private record Taken(Fingerprint fingerprint, JarFacts facts) {}

  private final WatchedFolder folder;
  private final BundleDelivery delivery;
  private final Map<Path, Taken> taken = new HashMap<>();
  private final Map<Path, String> problems = new TreeMap<>();

  /** Jars that went while others arrive, one of which may be their next version. */
  private final Set<String> leaving = new HashSet<>();

  DeployFolder(WatchedFolder folder, BundleDelivery delivery) {
    this.folder = folder;
    this.delivery = delivery;
  }

  WatchedFolder folder() {
    return folder;
  }

  /**
   * Reads what became whole since the last call, then hands over what changed.
   *
   * @param start whether the framework is ready for bundles to be started
   */
  void carry(boolean start) {
    problems.clear();
    Map<String, List<JarFacts>> byName = new TreeMap<>();
    Set<String> broken = new HashSet<>();
    Set<String> arriving = new HashSet<>();
    folder.arriving().forEach(path -> arriving.add(path.getFileName().toString()));
    Map<Path, Fingerprint> whole = folder.whole();
    taken.keySet().stream()
        .filter(path -> !whole.containsKey(path))
        .forEach(path -> leaving.add(path.getFileName().toString()));
    taken.keySet().retainAll(whole.keySet());
    if (arriving.isEmpty()) {
      leaving.clear();
    }
    arriving.addAll(leaving);
    whole.forEach(
        (path, fingerprint) -> {
          JarFacts jar = read(path, fingerprint);
          String name = jar.symbolicName();
          if (name == null) {
            broken.add(path.getFileName().toString());
          } else {
            byName.computeIfAbsent(name, each -> new ArrayList<>()).add(jar);
          }
          if (jar.problem() != null) {
            problems.put(path, jar.problem());
          }
        });
    if (folder.isKnown()) {
      delivery.apply(winners(byName), arriving, broken, start);
    }
  }

  private Map<String, JarFacts> winners(Map<String, List<JarFacts>> byName) {
    Map<String, JarFacts> winners = new TreeMap<>();
    byName.forEach(
        (name, jars) -> {
          jars.sort(HIGHEST_VERSION_FIRST);
          JarFacts winner = jars.get(0);
          winners.put(name, winner);
          for (JarFacts loser : jars.subList(1, jars.size())) {
            problems.put(
                loser.path(),
                "not taken: '"
                    + winner.path().getFileName()
                    + "' is the same bundle"
                    + (winner.version().equals(loser.version())
                        ? ""
                        : " in the higher version " + winner.version())
                    + "; delete one");
          }
        });
    return winners;
  }

  private JarFacts read(Path path, Fingerprint fingerprint) {
    Taken before = taken.get(path);
    if (before != null && before.fingerprint().equals(fingerprint)) {
      return before.facts();
    }
    String unfit = ConfigurationFile.unfit(fingerprint);
    JarFacts facts = unfit == null ? JarFacts.read(path) : JarFacts.refused(path, unfit);
    if (fingerprint.equals(Fingerprint.of(path))) {
      taken.put(path, new Taken(fingerprint, facts));
      return facts;
    }
    return before == null ? JarFacts.refused(path, JarFacts.BEING_WRITTEN) : before.facts();
  }

  /** What became of the files. */
  List<DroppedFile> files() {
    Map<Path, DroppedFile> files = new TreeMap<>();
    folder
        .mistaken()
        .forEach((path, problem) -> files.put(path, new DroppedFile(path, null, problem)));
    taken.forEach((path, each) -> files.put(path, file(path, each.facts())));
    return List.copyOf(files.values());
  }

  private DroppedFile file(Path path, JarFacts jar) {
    String problem = problems.get(path);
    @Nullable String name = jar.symbolicName();
    if (name == null || problem != null) {
      return new DroppedFile(path, null, problem);
    }
    Installed installed = delivery.installed(name);
    String target =
        installed != null && installed.hash().equals(jar.hash())
            ? name + " " + installed.bundle().getVersion()
            : null;
    return new DroppedFile(path, target, delivery.problem(name));
  }
}
