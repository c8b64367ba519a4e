package io.bindery.drops.internal;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which names in a watched folder mean something, by their name alone. */
final class FileNames {
  /** What a name announces. */
  enum Kind {
    /** To be taken. */
    TAKEN,
    /** Not for us, and no mistake: hidden files, editors' files, notes. */
    IGNORED,
    /** Looks as if somebody expects it to be taken. */
    MISTAKEN
  }

  /**
   * What a name announces.
   *
   * @param problem what to do about a mistaken name, else null
   */
  record Verdict(Kind kind, @Nullable String problem) {}

  private static final Verdict TAKEN = new Verdict(Kind.TAKEN, null);
  private static final Verdict IGNORED = new Verdict(Kind.IGNORED, null);
  private static final Map<String, String> FOREIGN =
      Map.of(
          ".conf", "the ending '.conf' is not read",
          ".config", "the typed format of Felix is not read",
          ".cfg.json", "JSON is not read",
          ".json", "JSON is not read",
          ".properties", "the ending '.properties' is not read",
          ".yaml", "YAML is not read",
          ".yml", "YAML is not read",
          ".cfg.txt", "the ending '.txt' is one too many");

  private FileNames() {}

  static Verdict inConfigurationFolder(String name) {
    if (isTemporary(name)) {
      return IGNORED;
    }
    if (name.endsWith(ConfigurationName.SUFFIX)) {
      return TAKEN;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(ConfigurationName.SUFFIX)) {
      return mistaken("misnamed: write the ending in lower case, '.cfg'");
    }
    if (lower.endsWith(".jar")) {
      return mistaken("not a configuration file: bundles go into deploy/");
    }
    for (Map.Entry<String, String> foreign : FOREIGN.entrySet()) {
      if (lower.endsWith(foreign.getKey())) {
        return mistaken(
            foreign.getValue() + ": write 'key = value' lines into a file that ends in '.cfg'");
      }
    }
    return IGNORED;
  }

  static Verdict inDeployFolder(String name) {
    if (isTemporary(name)) {
      return IGNORED;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".jar")) {
      return TAKEN;
    }
    if (lower.endsWith(".zip") || lower.endsWith(".war")) {
      return mistaken("not read: a bundle is a file that ends in '.jar'");
    }
    return lower.endsWith(ConfigurationName.SUFFIX)
        ? mistaken("not a bundle: configuration files go into etc/")
        : IGNORED;
  }

  private static boolean isTemporary(String name) {
    return name.startsWith(".")
        || name.endsWith("~")
        || name.endsWith(".tmp")
        || name.endsWith(".swp")
        || name.endsWith(".swo")
        || name.endsWith(".swx")
        || name.endsWith(".bak")
        || (name.startsWith("#") && name.endsWith("#"));
  }

  private static Verdict mistaken(String problem) {
    return new Verdict(Kind.MISTAKEN, problem);
  }
}
