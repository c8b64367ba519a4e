package io.bindery.host;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The folders of an instance. */
record Home(Path folder) {
  Path data() {
    return folder.resolve("data");
  }

  Path log() {
    return folder.resolve("log");
  }

  Path run() {
    return folder.resolve("run");
  }

  /**
   * Makes the home and the folders of the host itself, where they are missing.
   *
   * @throws HostException when one cannot be made
   */
  void make() throws HostException {
    try {
      if (!Files.isDirectory(folder)) {
        Path parent = folder.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        createPrivate(folder);
      }
      for (Path own : List.of(data(), log(), run())) {
        Files.createDirectories(own);
      }
      // whoever can enter this folder commands the host
      restrict(run());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Makes the folders etc and deploy where they are missing, with what the distribution has in
   * them.
   *
   * @throws HostException when one cannot be made
   */
  void fill(Path distribution) throws HostException {
    try {
      seed(distribution, "etc");
      seed(distribution, "deploy");
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private HostException failed(IOException e) {
    String why = e.getClass().getSimpleName() + ": " + e.getMessage();
    return new HostException(1, "cannot make the home '" + folder + "': " + why, e);
  }

  /** Never there with rights for others, not even for a host that is killed here. */
  private static void createPrivate(Path folder) throws IOException {
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (UnsupportedOperationException e) {
      throw new IOException("the file system knows no owners and permissions", e);
    }
  }

  private static void restrict(Path own) throws IOException {
    try {
      Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
    } catch (UnsupportedOperationException e) {
      throw new IOException("the file system knows no owners and permissions", e);
    }
  }

  private void seed(Path distribution, String name) throws IOException {
    Path target = folder.resolve(name);
    if (Files.exists(target)) {
      return;
    }
    // under another name first, so that a folder is never half filled
    Path fresh = run().resolve(name + ".new");
    deleteTree(fresh);
    Files.createDirectory(fresh);
    Path source = distribution.resolve(name);
    if (Files.isDirectory(source)) {
      copyFiles(source, fresh);
    }
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.createDirectory(target);
      copyFiles(fresh, target);
      deleteTree(fresh);
    }
  }

  private static void copyFiles(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(source.relativize(file));
        // not Files.copy, which would keep a distribution's read-only permissions
        Files.write(copy, Files.readAllBytes(file));
      }
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
