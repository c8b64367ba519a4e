package io.bindery.shell.internal;

import io.bindery.bind.DatabaseBind;
import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a key has no bind although somebody wrote a file for it. */
final class AbsentBind {
  private static final String PROFILES = "profiles";

  private final String key;
  private final Services services;
  private final Drops drops;

  AbsentBind(String key, Services services, Drops drops) {
    this.key = key;
    this.services = services;
    this.drops = drops;
  }

  /** What is to be said of each file that is, or was meant to be, about the key; may be empty. */
  Map<Path, String> files() {
    Map<Path, String> said = new TreeMap<>();
    for (DroppedFile file : drops.files()) {
      if (BindReasons.concerns(file, key)) {
        said.put(file.path(), said(file));
      }
    }
    for (Path folder : folders()) {
      elsewhere(folder, said);
    }
    return said;
  }

  private String said(DroppedFile file) {
    String problem = file.problem();
    if (problem != null) {
      return problem;
    }
    Path active = drops.configurationFolder();
    if (file.target() == null && !active.equals(file.path().getParent())) {
      return "not in force: " + services.shown(active.resolve(fileName())) + " overrides it";
    }
    String missing = services.bindsMissing();
    return file.target() == null
        ? "no key in it, so it hides the file of that name in etc/"
        : missing == null ? "taken, but no bind is made of it yet" : missing;
  }

  private String fileName() {
    return DatabaseBind.FACTORY_PID + "-" + key + ".cfg";
  }

  /** The folders of all profiles, and etc. */
  private List<Path> folders() {
    Path active = drops.configurationFolder();
    Path above = active.getParent();
    boolean isProfile = above != null && above.endsWith(PROFILES) && above.getParent() != null;
    Path etc = isProfile && above != null ? above.getParent() : active;
    if (etc == null) {
      return List.of();
    }
    try (Stream<Path> profiles = list(etc.resolve(PROFILES))) {
      return Stream.concat(Stream.of(etc), profiles.filter(Files::isDirectory)).sorted().toList();
    }
  }

  /** Files that nobody looks at: in the folder of another profile, or with an ending added. */
  private void elsewhere(Path folder, Map<Path, String> said) {
    try (Stream<Path> files = list(folder)) {
      files
          .filter(file -> startsWith(file, fileName()) && !said.containsKey(file))
          .forEach(file -> said.put(file, ignored(folder, file)));
    }
  }

  private String ignored(Path folder, Path file) {
    if (startsWith(file, fileName() + ".") || startsWith(file, fileName() + "~")) {
      return "its ending keeps it from being read; rename it to '" + fileName() + "'";
    }
    boolean profile = folder.getParent() != null && folder.getParent().endsWith(PROFILES);
    return profile && !folder.equals(drops.configurationFolder())
        ? "in a profile that is not active; start the host with --profile " + folder.getFileName()
        : "not taken yet; look again in a second";
  }

  private static boolean startsWith(Path file, String text) {
    @Nullable Path name = file.getFileName();
    return name != null && name.toString().startsWith(text);
  }

  private static Stream<Path> list(Path folder) {
    try {
      return Files.list(folder);
    } catch (IOException e) {
      return Stream.of();
    }
  }
}
