package io.bindery.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The packed PostgreSQL server on the class path. */
final class PostgresArchive {
  private static final String PACKED = "/postgres-linux-x86_64.txz";
  private static final Set<PosixFilePermission> FOR_ALL =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private PostgresArchive() {}

  /** Unpacks what a server needs, for everybody to read and run. */
  static void unpack(Path folder) throws IOException {
    try (InputStream packed = resource(PACKED);
        TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(packed))) {
      @Nullable TarArchiveEntry entry = archive.getNextEntry();
      while (entry != null) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("'" + PACKED + "': '" + entry.getName() + "' leads out of it");
        }
        if (!entry.isDirectory() && !entry.getName().endsWith(".a")) {
          Files.createDirectories(target.getParent());
          if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
          } else {
            Files.copy(archive, target);
          }
        }
        entry = archive.getNextEntry();
      }
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (!Files.isSymbolicLink(path)) {
          Files.setPosixFilePermissions(path, FOR_ALL);
        }
      }
    }
  }

  /** The version of the server. */
  static String version() {
    Properties properties = new Properties();
    try (InputStream in = resource("postgres.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read 'postgres.properties'", e);
    }
    return properties.getProperty("postgres.version");
  }

  private static InputStream resource(String name) throws IOException {
    @Nullable InputStream in = PostgresArchive.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("'" + name + "' is not on the class path");
    }
    return in;
  }
}
