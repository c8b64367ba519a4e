package io.bindery.drops.internal;

import io.bindery.drops.internal.InstalledBundles.Installed;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Private copies of the jars that bundles were installed from, so that an update can be taken back.
 * A copy is told by its content's hash, so a wrong one is never used. For one thread.
 */
final class KeptJars {
  private static final Logger LOG = LoggerFactory.getLogger(KeptJars.class);

  private final @Nullable Path folder;

  KeptJars(BundleContext context) {
    File file = context.getDataFile("kept");
    folder = file == null ? null : file.toPath();
  }

  /** Moves a jar here; without room for it there is no way back. */
  void keep(Path jar, String hash) {
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Files.move(jar, folder.resolve(hash), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("jar '{}': not kept", jar, e);
    }
  }

  /** The jar of a hash, or null when it was not kept. */
  @Nullable Path of(String hash) {
    if (folder == null || hash.isEmpty()) {
      return null;
    }
    Path jar = folder.resolve(hash);
    return Files.isRegularFile(jar) ? jar : null;
  }

  /**
   * Deletes what no bundle was installed from.
   *
   * @param further the hashes of what is kept for another reason
   */
  void retain(Collection<Installed> bundles, Collection<String> further) {
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    Set<String> hashes = new HashSet<>(further);
    bundles.forEach(bundle -> hashes.add(bundle.hash()));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : List.copyOf(files.toList())) {
        if (!hashes.contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      LOG.debug("folder '{}': old jars cannot be deleted", folder, e);
    }
  }
}
