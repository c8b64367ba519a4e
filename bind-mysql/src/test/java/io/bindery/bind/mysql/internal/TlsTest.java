package io.bindery.bind.mysql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import io.bindery.bind.spi.Secret;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.CertificateAuthority;
import java.nio.file.Path;
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

/** The driver's sslMode family against a server with a real certificate, and one without TLS. */
class TlsTest {
  private static final String PASSWORD = "store-pass-1";

  @TempDir private static Path folder;
  private static MariaDbServer encrypted;
  private static MariaDbServer plain;
  private static String trusted;
  private static String stranger;
  private static String client;

  private final MysqlBindType type = new MysqlBindType();

  @BeforeAll
  static void start() {
    CertificateAuthority ours = new CertificateAuthority("ours");
    CertificateAuthority other = new CertificateAuthority("other");
    CertificateAuthority.Issued server = ours.issue("db", "localhost");
    encrypted =
        MariaDbServer.start(
            "--ssl",
            "--ssl-ca=" + ours.certificateTo(folder.resolve("ca.pem")),
            "--ssl-cert=" + server.certificateTo(folder.resolve("cert.pem")),
            "--ssl-key=" + server.keyTo(folder.resolve("key.pem")));
    encrypted.execute(
        "",
        "CREATE USER mutual@'%' IDENTIFIED BY 'mutual' REQUIRE X509",
        "GRANT SELECT ON *.* TO mutual@'%'");
    plain = MariaDbServer.start();
    trusted = url(ours.trustStoreTo(folder.resolve("ours.p12"), PASSWORD));
    stranger = url(other.trustStoreTo(folder.resolve("other.p12"), PASSWORD));
    client = url(ours.issue("client").keyStoreTo(folder.resolve("client.p12"), PASSWORD));
  }

  @AfterAll
  static void stop() {
    encrypted.close();
    plain.close();
  }

  @Test
  void theModesDecideWhetherThereIsEncryption() throws SQLException {
    assertThat(cipher(encrypted, Map.of("sslMode", "DISABLED"))).isEmpty();
    assertThat(cipher(encrypted, Map.of())).isNotEmpty();
    assertThat(cipher(encrypted, Map.of("sslMode", "REQUIRED"))).isNotEmpty();
    assertThat(cipher(plain, Map.of())).isEmpty();
    assertRefused(() -> cipher(plain, Map.of("sslMode", "REQUIRED")));
  }

  @Test
  void theAuthorityIsVerified() throws SQLException {
    assertThat(cipher(encrypted, trusting("VERIFY_CA", trusted))).isNotEmpty();
    assertRefused(
        "the server's certificate comes from an authority that is not trusted here: give its"
            + " certificate in ssl_ca (driver.ssl_ca)",
        () -> cipher(encrypted, trusting("VERIFY_CA", stranger)));
    assertRefused(() -> cipher(encrypted, Map.of("sslMode", "VERIFY_CA")));
  }

  @Test
  void aKeyStoreThatCannotBeOpenedIsToldAsSuch() {
    Map<String, String> locked = new HashMap<>(trusting("VERIFY_CA", trusted));
    locked.put("trustCertificateKeyStorePassword", "wrong");
    assertRefused(() -> cipher(encrypted, locked));
    assertRefused(() -> cipher(encrypted, trusting("VERIFY_CA", "file:/nowhere/ca.p12")));
  }

  @Test
  void theHostIsVerifiedWhenAsked() throws SQLException {
    Map<String, String> identity = trusting("VERIFY_IDENTITY", trusted);
    assertThat(cipher(settings(encrypted, "localhost", "", identity))).isNotEmpty();
    assertRefused(
        "the server's certificate is for another host: give host as the certificate names it, or"
            + " have one issued for this name",
        () -> cipher(settings(encrypted, "127.0.0.1", "", identity)));
    assertThat(cipher(settings(encrypted, "127.0.0.1", "", trusting("VERIFY_CA", trusted))))
        .isNotEmpty();
  }

  @Test
  void aUnixSocketIsEncryptedWhenAsked() throws SQLException {
    assertThat(cipher(onSocket(Map.of()))).isEmpty();
    assertThat(cipher(onSocket(trusting("VERIFY_CA", trusted)))).isNotEmpty();
  }

  private static ConnectionSettings onSocket(Map<String, String> driver) {
    ConnectionSettings tcp = settings(encrypted, "localhost", "", driver);
    return new ConnectionSettings(
        tcp.scheme(),
        null,
        null,
        null,
        null,
        tcp.user(),
        tcp.password(),
        encrypted.socket().toString(),
        Map.of(),
        driver,
        5_000);
  }

  @Test
  void anAccountThatAsksForACertificateTakesOurs() throws SQLException {
    assertThatThrownBy(
            () ->
                cipher(settings(encrypted, "localhost", "mutual", trusting("VERIFY_CA", trusted))))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(FailureKind.of(e, type)).isEqualTo(FailureKind.DENIED));
    Map<String, String> mutual = new HashMap<>(trusting("VERIFY_IDENTITY", trusted));
    mutual.put("clientCertificateKeyStoreUrl", client);
    mutual.put("clientCertificateKeyStoreType", "PKCS12");
    mutual.put("clientCertificateKeyStorePassword", PASSWORD);
    assertThat(cipher(settings(encrypted, "localhost", "mutual", mutual))).isNotEmpty();
  }

  private static Map<String, String> trusting(String mode, String store) {
    return Map.of(
        "sslMode",
        mode,
        "trustCertificateKeyStoreUrl",
        store,
        "trustCertificateKeyStoreType",
        "PKCS12",
        "trustCertificateKeyStorePassword",
        PASSWORD);
  }

  private void assertRefused(ThrowingCallable attempt) {
    assertRefused("", attempt);
  }

  private void assertRefused(String remedy, ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(FailureKind.of(e, type)).describedAs("%s", e).isEqualTo(FailureKind.TLS);
              assertThat(type.remedy(e, FailureKind.TLS)).startsWith(remedy);
            });
  }

  private String cipher(MariaDbServer server, Map<String, String> driver) throws SQLException {
    return cipher(settings(server, "127.0.0.1", "", driver));
  }

  private String cipher(ConnectionSettings settings) throws SQLException {
    try (Connection connection = type.dataSource(settings).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW STATUS LIKE 'Ssl_cipher'")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(2);
    }
  }

  private static ConnectionSettings settings(
      MariaDbServer server, String host, String user, Map<String, String> driver) {
    return new ConnectionSettings(
        "mysql",
        null,
        host,
        server.port(),
        null,
        user.isEmpty() ? server.user() : user,
        new Secret(user.isEmpty() ? server.password() : user),
        null,
        Map.of(),
        driver,
        5_000);
  }

  private static String url(Path file) {
    return file.toUri().toString();
  }
}
