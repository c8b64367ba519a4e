package io.bindery.samples;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the demo.
 *
 * @param distribution the unpacked distribution, absolute
 * @param batch whether to stop after the answers
 */
record DemoOptions(Path distribution, boolean batch) {
  static final String USAGE = "usage: bindery demo [--batch]   (--host DIR: another distribution)";

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException when it cannot be understood, with a message for a person
   */
  static DemoOptions parse(List<String> arguments) {
    @Nullable Path distribution = null;
    boolean batch = false;
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "--batch" -> batch = true;
        case "--host" -> {
          i++;
          if (i == arguments.size()) {
            throw new IllegalArgumentException("'--host' needs a folder\n" + USAGE);
          }
          distribution = Path.of(arguments.get(i)).toAbsolutePath().normalize();
        }
        default ->
            throw new IllegalArgumentException(
                "'" + arguments.get(i) + "' is no option of the demo\n" + USAGE);
      }
    }
    if (distribution == null) {
      throw new IllegalArgumentException(
          "'--host' is missing: the unpacked distribution\n" + USAGE);
    }
    return new DemoOptions(distribution, batch);
  }
}
