package io.bindery.bind.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import io.bindery.bind.spi.Secret;
import io.bindery.testing.CertificateAuthority;
import io.bindery.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver's sslmode against a server with a real certificate, and one without TLS. */
class TlsTest {
  private static final String STORE_PASSWORD = "store-pass-1";

  @TempDir private static Path folder;
  private static PostgresServer encrypted;
  private static PostgresServer plain;
  private static String ours;
  private static String other;
  private static CertificateAuthority.Issued client;
  private static PostgresqlBindType type;

  @BeforeAll
  static void start() throws SQLException {
    type = new PostgresqlBindType();
    CertificateAuthority authority = new CertificateAuthority("ours");
    encrypted =
        PostgresServer.startEncrypted(
            new PostgresServer.Tls(authority, authority.issue("db", "localhost")));
    encrypted.execute("", "CREATE ROLE mutual LOGIN PASSWORD 'mutual'");
    plain = PostgresServer.start();
    ours = authority.certificateTo(folder.resolve("ours.pem")).toString();
    other = new CertificateAuthority("other").certificateTo(folder.resolve("other.pem")).toString();
    client = authority.issue("client");
  }

  @AfterAll
  static void stop() {
    encrypted.close();
    plain.close();
  }

  @Test
  void theModesDecideWhetherThereIsEncryption() throws SQLException {
    assertThat(isEncrypted(encrypted, Map.of("sslmode", "disable"))).isFalse();
    assertThat(isEncrypted(encrypted, Map.of("sslmode", "allow"))).isFalse();
    assertThat(isEncrypted(encrypted, Map.of())).isTrue();
    assertThat(isEncrypted(encrypted, Map.of("sslmode", "require"))).isTrue();
    assertThat(isEncrypted(plain, Map.of())).isFalse();
    assertRefused(
        "does not support SSL",
        "switch TLS on at the server, or give driver.sslmode=disable where nobody can listen in",
        () -> isEncrypted(plain, Map.of("sslmode", "require")));
  }

  @Test
  void theAuthorityIsVerified() throws SQLException {
    assertThat(isEncrypted(encrypted, trusting("verify-ca", ours))).isTrue();
    assertRefused(
        "unable to find valid certification path",
        "the server's certificate comes from an authority that is not trusted here: give its"
            + " certificate as PEM in driver.sslrootcert",
        () -> isEncrypted(encrypted, trusting("verify-ca", other)));
    assertThat(isEncrypted(encrypted, trusting("require", other))).isTrue();
  }

  @Test
  void anAuthorityThatIsNotGivenOrNoCertificateIsToldAsSuch() {
    String remedy = "give the authority's certificate as PEM in driver.sslrootcert";
    assertRefused(
        "/nowhere/ca.pem",
        remedy,
        () -> isEncrypted(encrypted, trusting("verify-ca", "/nowhere/ca.pem")));
    assertRefused(
        "root.crt", remedy, () -> isEncrypted(encrypted, Map.of("sslmode", "verify-full")));
  }

  @Test
  void theHostIsVerifiedWhenAsked() throws SQLException {
    assertThat(isEncrypted(settings(encrypted, "localhost", "", trusting("verify-full", ours))))
        .isTrue();
    assertRefused(
        "The hostname 127.0.0.1 could not be verified",
        "the server's certificate is for another host: give host as the certificate names it, or"
            + " have one issued for this name",
        () -> isEncrypted(encrypted, trusting("verify-full", ours)));
    assertThat(isEncrypted(encrypted, trusting("verify-ca", ours))).isTrue();
  }

  @Test
  void anAccountThatAsksForACertificateTakesOursFromPemFilesAndFromAKeyStore() throws Exception {
    Map<String, String> trusting = trusting("verify-full", ours);
    assertThatThrownBy(() -> isEncrypted(settings(encrypted, "localhost", "mutual", trusting)))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(FailureKind.of(e, type)).isEqualTo(FailureKind.DENIED);
              assertThat(type.remedy(e, FailureKind.DENIED))
                  .isEqualTo("show a certificate: driver.sslcert and driver.sslkey");
            })
        .hasMessageContaining("requires a valid client certificate");

    Map<String, String> pem = new HashMap<>(trusting);
    pem.put("sslcert", client.certificateTo(folder.resolve("client.pem")).toString());
    pem.put("sslkey", client.keyTo(folder.resolve("client-key.pem")).toString());
    assertThat(isEncrypted(settings(encrypted, "localhost", "mutual", pem))).isTrue();

    Files.setPosixFilePermissions(
        folder.resolve("client-key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(
        "has group or world access",
        "check driver.sslcert and driver.sslkey, which only its owner may read (chmod 600)",
        () -> isEncrypted(settings(encrypted, "localhost", "mutual", pem)));

    Map<String, String> store = new HashMap<>(trusting);
    store.put("sslkey", client.keyStoreTo(folder.resolve("client.p12"), STORE_PASSWORD).toString());
    store.put("sslpassword", STORE_PASSWORD);
    assertThat(isEncrypted(settings(encrypted, "localhost", "mutual", store))).isTrue();
  }

  private static Map<String, String> trusting(String mode, String authority) {
    return Map.of("sslmode", mode, "sslrootcert", authority);
  }

  private static void assertRefused(String what, String remedy, ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(FailureKind.of(e, type)).describedAs("%s", e).isEqualTo(FailureKind.TLS);
              assertThat(type.remedy(e, FailureKind.TLS)).isEqualTo(remedy);
            })
        .satisfies(e -> assertThat(said(e)).contains(what));
  }

  private static String said(Throwable failure) {
    StringBuilder said = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      said.append(each.getMessage()).append('\n');
    }
    return said.toString();
  }

  private static boolean isEncrypted(PostgresServer server, Map<String, String> driver)
      throws SQLException {
    return isEncrypted(settings(server, "127.0.0.1", "", driver));
  }

  private static boolean isEncrypted(ConnectionSettings settings) throws SQLException {
    try (Connection connection = type.dataSource(settings).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
      assertThat(rows.next()).isTrue();
      return rows.getBoolean(1);
    }
  }

  private static ConnectionSettings settings(
      PostgresServer server, String host, String user, Map<String, String> driver) {
    return new ConnectionSettings(
        "postgresql",
        null,
        host,
        server.port(),
        "postgres",
        user.isEmpty() ? server.user() : user,
        new Secret(user.isEmpty() ? server.password() : user),
        null,
        Map.of(),
        driver,
        5_000);
  }
}
