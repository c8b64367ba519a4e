package io.bindery.testing;

import io.bindery.samples.server.CacheFolder;
import io.bindery.samples.server.MySqlProtocol;
import io.bindery.samples.server.SetupProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** MySQL from a zip: only the server and what it needs, unpacked once into the cache. */
final class MySqlProgram implements MySqlProtocol {
  /** To be raised when the content of the cached folders changes for the same zip. */
  private static final int LAYOUT = 1;

  private final CacheFolder cache;
  private final Path zip;
  private final String name;

  MySqlProgram(CacheFolder cache, Path zip) {
    this.cache = cache;
    this.zip = zip;
    this.name = zip.getFileName().toString().replaceFirst("\\.zip$", "");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Path emptyData() {
    return cache.folder(name + "-" + LAYOUT + "-empty", this::install);
  }

  @Override
  public List<String> command(Place place) {
    List<String> command = new ArrayList<>(basics(base(), place.data(), place.asRoot()));
    command.addAll(MySqlProtocol.serving(place));
    command.addAll(
        List.of(
            "--mysqlx=OFF",
            "--skip-log-bin",
            "--performance-schema=OFF",
            "--innodb-doublewrite=OFF"));
    return command;
  }

  @Override
  public List<String> account(String user, String password) {
    String account = "'" + user + "'@'%'";
    String secret = " IDENTIFIED WITH caching_sha2_password BY '" + password + "';";
    return List.of(
        "DROP USER IF EXISTS 'root'@'localhost';",
        "CREATE USER IF NOT EXISTS " + account + secret,
        "ALTER USER " + account + secret,
        "GRANT ALL PRIVILEGES ON *.* TO " + account + " WITH GRANT OPTION;");
  }

  private Path base() {
    return cache.folder(name + "-" + LAYOUT, this::unpack);
  }

  private void install(Path data) throws IOException {
    List<String> command = new ArrayList<>(basics(base(), data, SetupProgram.belongsToRoot(data)));
    command.add("--initialize-insecure");
    SetupProgram.run(command, new byte[0]);
  }

  private void unpack(Path folder) throws IOException {
    try (ZipFile packed = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = packed.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory() && isNeeded(entry.getName())) {
          Path target = folder.resolve(entry.getName()).normalize();
          Files.createDirectories(target.getParent());
          try (InputStream in = packed.getInputStream(entry)) {
            Files.copy(in, target);
          }
        }
      }
    }
    if (!folder.resolve("bin/mysqld").toFile().setExecutable(true)) {
      throw new IOException("'" + zip + "': there is no bin/mysqld in it");
    }
  }

  private static boolean isNeeded(String entry) {
    return entry.equals("bin/mysqld")
        || entry.startsWith("lib/private/")
        || entry.startsWith("share/english/")
        || entry.startsWith("share/charsets/");
  }

  private static List<String> basics(Path base, Path data, boolean asRoot) {
    List<String> command = MySqlProtocol.call(base.resolve("bin/mysqld"), data, asRoot);
    command.add("--secure-file-priv=NULL");
    command.add("--innodb-redo-log-capacity=16M");
    return command;
  }
}
