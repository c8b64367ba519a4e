package io.bindery.drops.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a home.
 *
 * @param root the home itself, absolute
 * @param profile the active profile's name, or null
 */
record Home(Path root, @Nullable String profile) {
  static final String HOME = "bindery.home";
  static final String PROFILE = "bindery.profile";
  private static final Pattern PROFILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /**
   * Reads the framework's properties.
   *
   * @throws IllegalArgumentException when the home is missing or the profile's name is no name
   */
  static Home of(Function<String, @Nullable String> property) {
    String root = property.apply(HOME);
    if (root == null || root.isBlank()) {
      throw new IllegalArgumentException(
          "framework property '" + HOME + "': not set; give it the absolute path of the home");
    }
    String profile = property.apply(PROFILE);
    if (profile != null && profile.isBlank()) {
      profile = null;
    }
    if (profile != null && !PROFILE_NAME.matcher(profile).matches()) {
      throw new IllegalArgumentException(
          "profile '"
              + profile
              + "': not a profile name; use letters, digits, '.', '_' and '-', as in 'prod'");
    }
    return new Home(Path.of(root).toAbsolutePath().normalize(), profile);
  }

  Path etc() {
    return root.resolve("etc");
  }

  Path profiles() {
    return etc().resolve("profiles");
  }

  /** The active profile's folder, or null when no profile is active. */
  @Nullable Path profileFolder() {
    return profile == null ? null : profiles().resolve(profile);
  }

  Path deploy() {
    return root.resolve("deploy");
  }

  /** Where configurations made through ConfigAdmin's API are kept. */
  Path storedConfigurations() {
    return root.resolve("data").resolve("configurations");
  }

  /** The folders of configuration files, the one that overrides last. */
  List<Path> configurationFolders() {
    Path overriding = profileFolder();
    return overriding == null ? List.of(etc()) : List.of(etc(), overriding);
  }

  /** How a path is shown to a person: relative to the home where it lies in it. */
  String shown(Path path) {
    return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
  }

  /** The profiles that have a folder, sorted. */
  List<String> knownProfiles() {
    try (Stream<Path> folders = Files.list(profiles())) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
