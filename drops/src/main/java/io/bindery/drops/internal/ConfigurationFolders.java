package io.bindery.drops.internal;

import io.bindery.drops.DroppedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationAdmin;

/** Carries the configuration folders into ConfigAdmin. For one thread. */
final class ConfigurationFolders {
  private record Taken(Fingerprint fingerprint, ConfigurationFile file) {}

  private final List<WatchedFolder> folders;
  private final ConfigurationReaders readers;
  private final ConfigurationDelivery delivery;
  private final Home home;
  private final Map<Path, Taken> taken = new HashMap<>();
  private Map<Path, String> failures = Map.of();
  private List<List<ConfigurationFile>> carried = List.of();
  private @Nullable ConfigurationAdmin carriedTo;
  private Overlay overlay = new Overlay(Map.of(), Map.of());

  /**
   * Follows the configuration folders of a home.
   *
   * @param readers who takes what was delivered
   */
  ConfigurationFolders(Home home, long quietNanos, ConfigurationReaders readers) {
    this.home = home;
    this.readers = readers;
    this.delivery = new ConfigurationDelivery(home::shown);
    this.folders =
        home.configurationFolders().stream()
            .map(path -> new WatchedFolder(path, FileNames::inConfigurationFolder, quietNanos))
            .toList();
  }

  List<WatchedFolder> folders() {
    return folders;
  }

  /** Reads what became whole since the last call, then hands over what changed. */
  void carry(@Nullable ConfigurationAdmin admin) {
    List<List<ConfigurationFile>> layers = new ArrayList<>();
    Set<Path> present = new HashSet<>();
    for (WatchedFolder folder : folders) {
      List<ConfigurationFile> layer = new ArrayList<>();
      folder
          .whole()
          .forEach(
              (path, fingerprint) -> {
                present.add(path);
                layer.add(read(path, fingerprint));
              });
      folder.arriving().forEach(path -> layer.add(ConfigurationFile.unread(path)));
      layers.add(layer);
    }
    taken.keySet().retainAll(present);
    // an override that was never seen could be there: the base alone might be another database
    boolean known = folders.stream().allMatch(WatchedFolder::isKnown);
    if (known && layers.equals(carried) && admin == carriedTo && delivery.isComplete()) {
      return;
    }
    overlay = Overlay.of(layers.get(0), layers.size() > 1 ? layers.get(1) : List.of(), home::shown);
    if (admin != null && known) {
      failures = delivery.apply(admin, overlay.configurations());
      carried = layers;
      carriedTo = admin;
    }
  }

  /** The file as it was when it was last read whole. */
  private ConfigurationFile read(Path path, Fingerprint fingerprint) {
    Taken before = taken.get(path);
    if (before != null && before.fingerprint().equals(fingerprint)) {
      return before.file();
    }
    ConfigurationFile file = ConfigurationFile.read(path, fingerprint);
    if (fingerprint.equals(Fingerprint.of(path))) {
      taken.put(path, new Taken(fingerprint, file));
      return file;
    }
    return before == null ? ConfigurationFile.unread(path) : before.file();
  }

  /** What became of the files. */
  List<DroppedFile> files() {
    readers.look();
    Map<Path, DroppedFile> files = new TreeMap<>();
    for (WatchedFolder folder : folders) {
      for (Path path : folder.whole().keySet()) {
        files.put(path, new DroppedFile(path, null, problem(path)));
      }
      folder
          .mistaken()
          .forEach((path, problem) -> files.put(path, new DroppedFile(path, null, problem)));
    }
    for (ConfigurationDelivery.Delivered delivered : delivery.delivered().values()) {
      String problem = problem(delivered.file());
      if (problem == null) {
        problem = delivered.note();
      }
      if (problem == null) {
        problem = readers.problem(delivered.name());
      }
      files.put(
          delivered.file(), new DroppedFile(delivered.file(), delivered.name().pid(), problem));
    }
    return List.copyOf(files.values());
  }

  private @Nullable String problem(Path path) {
    String problem = overlay.problems().get(path);
    return problem == null ? failures.get(path) : problem;
  }
}
