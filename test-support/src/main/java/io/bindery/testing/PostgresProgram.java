package io.bindery.testing;

import io.bindery.samples.server.CacheFolder;
import io.bindery.samples.server.DatabaseProgram;
import io.bindery.samples.server.GuardedProcess;
import io.bindery.samples.server.SetupProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * PostgreSQL from the jar that zonky publishes, unpacked once into a cache. It refuses to run as
 * root: when this JVM does, the server runs as nobody.
 */
final class PostgresProgram implements DatabaseProgram {
  /** To be raised when the content of the cached folders changes for the same version. */
  private static final int LAYOUT = 1;

  private static final int NOBODY = 65_534;
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

  /** The files of a user root are closed to nobody; these are not. */
  private static final Path CACHE_OF_ROOT = Path.of("/var/cache/bindery");

  private final boolean asRoot;
  private final CacheFolder cache;
  private final String name;
  private final PostgresServer.@Nullable Tls tls;

  PostgresProgram(PostgresServer.@Nullable Tls tls) {
    this.tls = tls;
    try {
      this.asRoot = SetupProgram.belongsToRoot(Path.of("/proc/self"));
      this.cache = asRoot ? openCache() : CacheFolder.ofUser();
    } catch (IOException e) {
      throw new IllegalStateException("there is no cache for PostgreSQL's program", e);
    }
    this.name = "postgres-" + PostgresArchive.version();
  }

  private static CacheFolder openCache() throws IOException {
    CacheFolder made = CacheFolder.in(CACHE_OF_ROOT);
    Files.setPosixFilePermissions(CACHE_OF_ROOT, PosixFilePermissions.fromString("rwxr-xr-x"));
    return made;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String scheme() {
    return "postgresql";
  }

  @Override
  public Path emptyData() {
    return cache.folder(name + "-" + LAYOUT + "-empty", this::install);
  }

  @Override
  public Path socket(Path folder, int port) {
    return folder.resolve(".s.PGSQL." + port);
  }

  /** Its own word for "now, and all processes with it" is QUIT; after TERM it waits for clients. */
  @Override
  public GuardedProcess.Signals signals() {
    return new GuardedProcess.Signals("INT", "QUIT");
  }

  @Override
  public List<String> command(Place place) {
    List<String> command = new ArrayList<>(server(place.data()));
    List.of(
            "listen_addresses=127.0.0.1",
            "port=" + place.port(),
            "unix_socket_directories=" + place.folder(),
            "shared_buffers=16MB",
            "dynamic_shared_memory_type=mmap",
            "timezone=UTC",
            // what is committed outlives a kill of the server; only a failing machine could lose it
            "fsync=off",
            "full_page_writes=off")
        .forEach(setting -> command.addAll(List.of("-c", setting)));
    if (tls != null) {
      command.addAll(List.of("-c", "ssl=on", "-c", "ssl_ca_file=root.crt"));
    }
    return command;
  }

  @Override
  public void prepare(Place place, String user, String password) throws IOException {
    Files.setPosixFilePermissions(place.data(), PosixFilePermissions.fromString("rwx------"));
    String mutual = "";
    if (tls != null) {
      tls.authority().certificateTo(place.data().resolve("root.crt"));
      tls.server().certificateTo(place.data().resolve("server.crt"));
      tls.server().keyTo(place.data().resolve("server.key"));
      mutual = "hostssl all mutual 127.0.0.1/32 scram-sha-256 clientcert=verify-ca\n";
    }
    Files.writeString(
        place.data().resolve("pg_hba.conf"),
        mutual + "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n");
    handOver(place.folder());
    List<String> command = new ArrayList<>(server(place.data()));
    command.add(command.indexOf("-D"), "--single");
    command.add("postgres");
    String account = "CREATE ROLE %s SUPERUSER LOGIN PASSWORD '%s'\n".formatted(user, password);
    SetupProgram.run(command, account.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Connection connect(int port, String user, String password, String database)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("reWriteBatchedInserts", "true");
    String url =
        "jdbc:postgresql://127.0.0.1:%d/%s"
            .formatted(port, database.isEmpty() ? "postgres" : database);
    @Nullable Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver does not know '" + url + "'");
    }
    return connection;
  }

  @Override
  public String socketQuery() {
    return "SELECT current_setting('unix_socket_directories') || '/.s.PGSQL.'"
        + " || current_setting('port')";
  }

  @Override
  public String connectionsQuery() {
    return "SELECT concat('''', usename, ''' to ''', datname, ''', number ', pid, ': ', state, ' ', query)"
        + " FROM pg_stat_activity"
        + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
  }

  private Path base() {
    return cache.folder(name + "-" + LAYOUT, PostgresArchive::unpack);
  }

  /** With an order of texts for people, as most databases have it. */
  private void install(Path data) throws IOException {
    handOver(data);
    List<String> command = new ArrayList<>(program("initdb"));
    command.addAll(
        List.of(
            "--pgdata=" + data,
            "--username=postgres",
            "--auth=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=icu",
            "--icu-locale=en-US",
            "--wal-segsize=1",
            "--no-sync",
            "--no-instructions"));
    SetupProgram.run(command, new byte[0]);
  }

  private List<String> server(Path data) {
    List<String> command = new ArrayList<>(program("postgres"));
    command.addAll(List.of("-D", data.toString()));
    return command;
  }

  private List<String> program(String file) {
    List<String> command = new ArrayList<>(asRoot ? AS_NOBODY : List.of());
    command.add(base().resolve("bin").resolve(file).toString());
    return command;
  }

  private void handOver(Path folder) throws IOException {
    if (!asRoot) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }
}
