package io.bindery.samples.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Folders that are expensive to make, kept for the next run and shared by all processes of a user:
 * each is made once, under a lock, and appears complete or not at all.
 */
public final class CacheFolder {
  /** A file lock holds between processes; between threads of this JVM these do, one a folder. */
  private static final Map<Path, Object> IN_THIS_JVM = new ConcurrentHashMap<>();

  private static final Path OURSELVES = Path.of("/proc/self");
  private static final int BLOCK = 64 * 1024;
  private static final byte[] ZEROS = new byte[BLOCK];

  private final Path root;

  private CacheFolder(Path root) {
    this.root = root;
  }

  /** Fills a new folder. */
  @FunctionalInterface
  public interface Filler {
    /**
     * Writes the content.
     *
     * @param folder exists and is empty
     */
    void fill(Path folder) throws IOException;
  }

  /**
   * The cache of the current user: {@code bindery} in {@code XDG_CACHE_HOME} or else in {@code
   * .cache} of the home folder; where that cannot be written, a folder in {@code java.io.tmpdir}.
   */
  public static CacheFolder ofUser() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path usual =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    Path temporary =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "bindery-cache-" + System.getProperty("user.name"));
    return usual.isAbsolute() && writable(usual.resolve("bindery"))
        ? new CacheFolder(usual.resolve("bindery"))
        : in(temporary);
  }

  /** A cache in {@code root}, which is made when it is missing. */
  public static CacheFolder in(Path root) {
    if (!writable(root)) {
      throw new IllegalStateException(
          "'" + root + "': cannot be used as a cache; set XDG_CACHE_HOME to a writable folder");
    }
    return new CacheFolder(root);
  }

  /**
   * The folder of that name, made now if no process has made it before.
   *
   * @param name names the content with its version: what lies under it never changes
   * @throws UncheckedIOException when it cannot be made
   */
  public Path folder(String name, Filler filler) {
    Path made = root.resolve(name);
    if (Files.isDirectory(made)) {
      return made;
    }
    Path lockFile = root.resolve(name + ".lock");
    synchronized (IN_THIS_JVM.computeIfAbsent(lockFile.toAbsolutePath(), path -> new Object())) {
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.isDirectory(made)) {
          make(made, filler);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make '" + made + "'", e);
      }
    }
    return made;
  }

  /** Removes the folder of that name; nobody may be using it. */
  void remove(String name) throws IOException {
    delete(root.resolve(name));
    Files.deleteIfExists(root.resolve(name + ".lock"));
  }

  private void make(Path made, Filler filler) throws IOException {
    String unfinished = made.getFileName() + ".new-";
    // what a killed process left: nobody else is at work while we hold the lock
    try (DirectoryStream<Path> left = Files.newDirectoryStream(root, unfinished + "*")) {
      for (Path folder : left) {
        delete(folder);
      }
    }
    Path folder = Files.createTempDirectory(root, unfinished);
    try {
      filler.fill(folder);
      Files.move(folder, made, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(folder);
    }
  }

  /** Copies a folder with all that is in it into {@code to}, which is made when it is missing. */
  public static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(dir)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            copyWithHoles(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** A database's files are mostly zeros, which need not be written. */
  private static void copyWithHoles(Path from, Path to) throws IOException {
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(from);
        RandomAccessFile out = new RandomAccessFile(to.toFile(), "rw")) {
      long position = 0;
      int length = in.readNBytes(block, 0, BLOCK);
      while (length > 0) {
        if (!Arrays.equals(block, 0, length, ZEROS, 0, length)) {
          out.seek(position);
          out.write(block, 0, length);
        }
        position += length;
        length = in.readNBytes(block, 0, BLOCK);
      }
      out.setLength(position);
    }
  }

  /** Deletes a folder with all that is in it; nothing when it is not there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The number, since an account in a container need not have a name. */
  private static int owner(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid");
  }

  private static boolean writable(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      // programs are run from here: in a shared folder nobody else may have made it
      return Files.isWritable(folder) && owner(folder) == owner(OURSELVES);
    } catch (IOException e) {
      return false;
    }
  }
}
