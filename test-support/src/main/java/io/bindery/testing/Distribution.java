package io.bindery.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the packed distribution lies and what is in it. */
public final class Distribution {
  private Distribution() {}

  public static Path folder() {
    return Path.of(
            Objects.requireNonNull(
                System.getProperty("bindery.distribution"), "bindery.distribution is not set"))
        .normalize();
  }

  public static Path command() {
    return folder().resolve("bin/bindery");
  }

  /** The bundles, those of the system and the sample models. */
  public static List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String part : List.of("bundles", "deploy")) {
      try (Stream<Path> files = Files.list(folder().resolve(part))) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      }
    }
    return jars;
  }
}
