package io.bindery.drops.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes files that only their owner may read, whole or not at all. */
final class PrivateFile {
  static final String TEMPORARY = ".tmp";

  private static final Logger LOG = LoggerFactory.getLogger(PrivateFile.class);

  private static final Pattern LEFT =
      Pattern.compile(".+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

  private PrivateFile() {}

  /**
   * Deletes the temporary files that a host left in a folder when it was killed while it wrote. To
   * be called while nobody writes there.
   */
  static void sweep(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(PrivateFile::isLeft).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("folder '{}': what an earlier host left cannot be deleted", folder, e);
    }
  }

  private static boolean isLeft(Path file) {
    return LEFT.matcher(file.getFileName().toString()).matches()
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Replaces a file by a rename from a temporary one in the same folder. Behind a symbolic link the
   * file that it leads to is replaced, not the link.
   */
  static void write(Path file, byte[] content) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file;
    Path temporary =
        target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              readableByOwner(temporary, "rw-------"))) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
    forceFolder(target);
  }

  /** Makes a folder that only its owner may enter, with those above it. */
  static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder, readableByOwner(folder, "rwx------"));
  }

  private static FileAttribute<?>[] readableByOwner(Path path, String permissions) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString(permissions);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)};
  }

  /** Makes a rename last over a power cut, where the system can do that. */
  private static void forceFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open a folder; the file itself is on the disk
      return;
    }
  }
}
