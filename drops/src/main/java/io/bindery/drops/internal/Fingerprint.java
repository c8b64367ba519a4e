package io.bindery.drops.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tells one content of a file from another without reading it. Symbolic links are followed, so
 * a link that is swapped below a name is a change.
 *
 * @param kind what stands there
 * @param size in bytes
 * @param modified the time of the last write, milliseconds precise at the least
 * @param changed the time of the last write, rename or change of rights; null where the system does
 *     not know it
 * @param key the file's identity (device and inode), or null
 */
record Fingerprint(
    Kind kind,
    long size,
    @Nullable FileTime modified,
    @Nullable FileTime changed,
    @Nullable Object key) {
  enum Kind {
    FILE,
    FOLDER,
    /** A pipe, a socket, a device: reading it could block for ever. */
    SPECIAL,
    /** A name behind which nothing can be read, such as a dangling link. */
    UNREADABLE
  }

  private static final Fingerprint FOLDER = new Fingerprint(Kind.FOLDER, 0, null, null, null);
  private static final Fingerprint SPECIAL = new Fingerprint(Kind.SPECIAL, 0, null, null, null);
  private static final Fingerprint UNREADABLE =
      new Fingerprint(Kind.UNREADABLE, 0, null, null, null);

  /** Looks at a path; null when nothing is there, not even a dangling link. */
  static @Nullable Fingerprint of(Path path) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? UNREADABLE : null;
    }
    if (attributes.isDirectory()) {
      return FOLDER;
    }
    if (!attributes.isRegularFile()) {
      return SPECIAL;
    }
    return new Fingerprint(
        Kind.FILE,
        attributes.size(),
        attributes.lastModifiedTime(),
        changed(path),
        attributes.fileKey());
  }

  private static @Nullable FileTime changed(Path path) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return null;
    }
    try {
      Map<String, Object> attributes = Files.readAttributes(path, "unix:ctime");
      return attributes.get("ctime") instanceof FileTime time ? time : null;
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Whether nobody can be writing this file still: both times are long past. Never true where the
   * system does not tell when a file was renamed.
   */
  boolean isOlderThan(long millis, long nowMillis) {
    return kind == Kind.FILE
        && modified != null
        && changed != null
        && Math.max(modified.toMillis(), changed.toMillis()) < nowMillis - millis;
  }
}
