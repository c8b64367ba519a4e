package io.bindery.testing;

import io.bindery.samples.server.EmbeddedServer;
import java.util.List;

/** A real PostgreSQL server of its own, of the same shape as the MariaDB one. */
public final class PostgresServer extends EmbeddedServer {
  private PostgresServer(PostgresProgram program, List<String> options) {
    super(program, program.emptyData(), options);
  }

  /**
   * What an encrypted server shows and whom it trusts. Its account {@code mutual}, when somebody
   * makes it, must show a certificate of the same authority.
   */
  public record Tls(CertificateAuthority authority, CertificateAuthority.Issued server) {}

  /**
   * Starts an empty server; returns when it takes connections.
   *
   * @param options more options of {@code postgres}, such as {@code -c}, {@code max_connections=5}
   * @throws IllegalStateException when it cannot start, with the end of its log
   */
  public static PostgresServer start(String... options) {
    return new PostgresServer(new PostgresProgram(null), List.of(options));
  }

  /**
   * Starts an empty server that can encrypt.
   *
   * @throws IllegalStateException when it cannot start, with the end of its log
   */
  public static PostgresServer startEncrypted(Tls tls) {
    return new PostgresServer(new PostgresProgram(tls), List.of());
  }
}
