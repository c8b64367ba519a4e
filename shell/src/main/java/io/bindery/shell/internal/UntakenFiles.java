package io.bindery.shell.internal;

import io.bindery.bind.DatabaseBind;
import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import io.bindery.shell.internal.words.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why there is no bind or aggregate of a name although somebody wrote a file for it. */
final class UntakenFiles {
  private static final String PROFILES = "profiles";

  private final String factoryPid;
  private final String name;
  private final Services services;
  private final Drops drops;

  private UntakenFiles(String factoryPid, String name, Services services, Drops drops) {
    this.factoryPid = factoryPid;
    this.name = name;
    this.services = services;
    this.drops = drops;
  }

  /** What is to be said of each file that is, or was meant to be, about a name; may be empty. */
  static Map<Path, String> about(String factoryPid, String name, Services services) {
    Drops drops = services.dropsIfAny();
    return drops == null ? Map.of() : new UntakenFiles(factoryPid, name, services, drops).files();
  }

  /**
   * What to say after a name that is not there: the files about it and what is wrong with them,
   * else what may have been meant.
   *
   * @param known the names that are there, sorted
   * @param plural how such things are called
   */
  static String advice(
      String factoryPid, String name, Services services, List<String> known, String plural) {
    Map<Path, String> files = about(factoryPid, name, services);
    return files.isEmpty()
        ? Nearest.advice(name, known, plural)
        : files.entrySet().stream()
            .map(file -> services.shown(file.getKey()) + ": " + file.getValue())
            .collect(Collectors.joining("; "));
  }

  /** Whether a file's configuration or name is about a name, also when it is misnamed. */
  static boolean concerns(DroppedFile file, String factoryPid, String name) {
    if ((factoryPid + "~" + name).equals(file.target())) {
      return true;
    }
    Path path = file.path().getFileName();
    String lower = path == null ? "" : path.toString().toLowerCase(Locale.ROOT);
    String quoted = Pattern.quote(name.toLowerCase(Locale.ROOT));
    String form = "(" + Pattern.quote(factoryPid) + "[-~_.])?" + quoted + "(\\..*)?";
    return lower.matches(form)
        || lower.matches(kind(factoryPid) + "[a-z.]*[-~_.]" + quoted + "\\..*");
  }

  private static String kind(String factoryPid) {
    return factoryPid.substring(factoryPid.lastIndexOf('.') + 1);
  }

  private Map<Path, String> files() {
    Map<Path, String> said = new TreeMap<>();
    for (DroppedFile file : drops.files()) {
      if (concerns(file, factoryPid, name)) {
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
    String kind = kind(factoryPid);
    String missing = factoryPid.equals(DatabaseBind.FACTORY_PID) ? services.bindsMissing() : null;
    return file.target() == null
        ? "no key in it, so it hides the file of that name in etc/"
        : missing == null ? "taken, but no " + kind + " is made of it yet" : missing;
  }

  private String fileName() {
    return factoryPid + "-" + name + ".cfg";
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
