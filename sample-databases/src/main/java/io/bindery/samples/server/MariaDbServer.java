package io.bindery.samples.server;

import java.nio.file.Path;
import java.util.List;

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
   * Starts a server with a copy of a data folder, made by {@link #copyData} of a stopped server.
   *
   * @param data stays as it is
   * @param options more options of {@code mariadbd}
   * @throws IllegalStateException when it cannot start, with the end of its log
   */
  public static MariaDbServer startWith(Path data, String... options) {
    return new MariaDbServer(new MariaDbProgram(CacheFolder.ofUser()), data, List.of(options));
  }
}
