package io.bindery.drops.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Looks at the names in a folder. */
final class FolderScan {
  private FolderScan() {}

  /**
   * The entries of a folder whose names are wanted.
   *
   * @throws IOException when the folder is not there or cannot be listed, so that nothing is known
   *     of its files
   */
  static Map<Path, Fingerprint> of(Path folder, Predicate<String> wanted) throws IOException {
    Map<Path, Fingerprint> seen = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (wanted.test(entry.getFileName().toString())) {
          Fingerprint fingerprint = Fingerprint.of(entry);
          if (fingerprint != null) {
            seen.put(entry, fingerprint);
          }
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return seen;
  }
}
