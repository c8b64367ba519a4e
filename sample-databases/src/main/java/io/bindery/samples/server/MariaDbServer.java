package io.bindery.samples.server;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A MariaDB server of its own: started empty in a fraction of a second, side by side with as many
 * others as wanted, and gone with all its files at {@link #close()} or with this JVM.
 */
public final class MariaDbServer extends EmbeddedServer {
  private MariaDbServer(DatabaseProgram program, Path data, List<String> options) {
    super(program, data, options);
  }

  /**
   * Starts an empty server; returns when it takes connections.
   *
   * @param options more options of {@code mariadbd}, such as {@code --max-connections=5}
   * @throws IllegalStateException when it cannot start, with the end of its log
   */
  public static MariaDbServer start(String... options) {
    MariaDbProgram program = new MariaDbProgram(CacheFolder.ofUser());
    return new MariaDbServer(program, program.emptyData(), List.of(options));
  }

  /**
   * Starts a server with data that is made once and then kept in the cache of the user.
   *
   * @param content names the data with its version, in letters, digits and hyphens: under one name
   *     there is always the same data
   * @param fill makes the data when it is not there yet, in a server that it is given
   * @param options more options of {@code mariadbd}
   * @throws IllegalStateException when it cannot start, with the end of its log
   */
  public static MariaDbServer startFilled(
      String content, Consumer<MariaDbServer> fill, String... options) {
    CacheFolder cache = CacheFolder.ofUser();
    MariaDbProgram program = new MariaDbProgram(cache);
    Path data =
        cache.folder(
            program.cachedAs(content),
            folder -> {
              try (MariaDbServer server = start()) {
                fill.accept(server);
                server.stop();
                server.copyData(folder);
              }
            });
    return new MariaDbServer(program, data, List.of(options));
  }

  /** Where the cache keeps what was filled under {@code content}. */
  static String cachedAs(String content) {
    return new MariaDbProgram(CacheFolder.ofUser()).cachedAs(content);
  }
}
