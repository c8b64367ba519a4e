package io.bindery.bind.mysql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.JdbcConnection;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import io.bindery.bind.spi.Secret;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.CertificateAuthority;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PEM files in a URL, as users of Python's drivers have them. */
class PemTest {
  @TempDir private static Path folder;
  private static MariaDbServer server;
  private static String ours;
  private static String other;
  private static String certificate;
  private static CertificateAuthority.Issued client;

  private final MysqlBindType type = new MysqlBindType();

  @BeforeAll
  static void start() {
    CertificateAuthority authority = new CertificateAuthority("ours");
    CertificateAuthority.Issued own = authority.issue("db", "localhost");
    ours = authority.certificateTo(folder.resolve("ca.pem")).toString();
    other = new CertificateAuthority("other").certificateTo(folder.resolve("other.pem")).toString();
    client = authority.issue("client");
    certificate = client.certificateTo(folder.resolve("client.pem")).toString();
    server =
        MariaDbServer.start(
            "--ssl",
            "--ssl-ca=" + ours,
            "--ssl-cert=" + own.certificateTo(folder.resolve("cert.pem")),
            "--ssl-key=" + own.keyTo(folder.resolve("key.pem")));
    server.execute(
        "",
        "CREATE USER mutual@'%' IDENTIFIED BY 'mutual' REQUIRE X509",
        "GRANT SELECT ON *.* TO mutual@'%'");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anAuthorityIsVerifiedUnlessTheUrlSaysOtherwise() throws Exception {
    assertThat(mode(Map.of("ssl_ca", ours))).isEqualTo("VERIFY_CA");
    assertThat(mode(Map.of("ssl_ca", ours, "ssl", "true"))).isEqualTo("VERIFY_CA");
    assertThat(mode(Map.of("ssl_ca", ours, "ssl_verify_cert", "false"))).isEqualTo("REQUIRED");
    assertThat(mode(Map.of("ssl_ca", ours, "ssl_mode", "REQUIRED"))).isEqualTo("REQUIRED");
    assertThat(mode(Map.of("ssl_ca", ours, "ssl_verify_identity", "true")))
        .isEqualTo("VERIFY_IDENTITY");

    assertThat(cipher(Map.of("ssl_ca", ours))).isNotEmpty();
    assertRefused(Map.of("ssl_ca", other), "Path does not chain with any of the trust anchors");
    assertRefused(
        Map.of("ssl_ca", ours, "ssl_verify_identity", "true"), "Server identity verification");
  }

  @Test
  void aCertificateIsShownWithItsKeyInEachOfTheUsualForms() throws Exception {
    String key = client.keyTo(folder.resolve("pkcs8.pem")).toString();
    assertThat(cipher(mutual(certificate, key))).isNotEmpty();

    byte[] all = client.key().getEncoded();
    byte[] pkcs1 = Arrays.copyOfRange(all, 26, all.length);
    String old = pem("pkcs1.pem", "RSA PRIVATE KEY", Base64.getMimeEncoder().encodeToString(pkcs1));
    assertThat(cipher(mutual(certificate, old))).isNotEmpty();

    Path both = folder.resolve("both.pem");
    Files.writeString(
        both, Files.readString(Path.of(certificate)) + Files.readString(Path.of(key)));
    Map<String, String> one = new HashMap<>(mutual(both.toString(), ""));
    one.remove("ssl_key");
    assertThat(cipher(one)).isNotEmpty();
  }

  @Test
  void aFileThatIsReplacedIsUsedFromTheNextConnectionOn() throws Exception {
    Path renewed = folder.resolve("renewed.pem");
    Files.copy(Path.of(other), renewed);
    Map<String, String> parameters = Map.of("ssl_ca", renewed.toString());
    var source = type.dataSource(settings(parameters));
    assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
    Files.writeString(renewed, Files.readString(Path.of(ours)));
    try (Connection connection = source.getConnection()) {
      assertThat(connection.isValid(2)).isTrue();
    }
  }

  @Test
  void whatCannotBeUsedIsToldWithFileAndRemedy() throws Exception {
    assertRefused(Map.of("ssl_ca", "/nowhere/ca.pem"), "ssl_ca: '/nowhere/ca.pem' is not there");
    String key = client.keyTo(folder.resolve("own.pem")).toString();
    assertRefused(
        Map.of("ssl_ca", key), "ssl_ca: '" + key + "' holds no certificate: it must have BEGIN");
    assertRefused(
        mutual(certificate, certificate), "' holds no private key: it must have BEGIN PRIVATE KEY");
    assertRefused(
        Map.of("ssl_ca", pem("cut.pem", "CERTIFICATE", "MIIBA")), "' is cut off or damaged");
    String remedy = "' is encrypted: decrypt it (openssl pkey -in OLD -out NEW; chmod 600 NEW)";
    assertRefused(mutual(certificate, pem("locked.pem", "ENCRYPTED PRIVATE KEY", "MIIB")), remedy);
    assertRefused(
        mutual(
            certificate,
            pem(
                "old.pem",
                "RSA PRIVATE KEY",
                "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nMIIB")),
        remedy);
    assertRefused(
        mutual(certificate, pem("ec.pem", "EC PRIVATE KEY", "MIIB")),
        "' holds a key of an old form: openssl pkcs8 -topk8 -nocrypt");
    assertRefused(
        mutual(certificate, pem("bad.pem", "PRIVATE KEY", "MIIB")), "' holds a damaged key");
    assertRefused(
        mutual(certificate, folder.resolve("key.pem").toString()), "' is not the key of ssl_cert");
  }

  @Test
  void theDriversKeyStoresAreForThisUserAloneAndGoneAfterwards() throws Exception {
    Path store;
    try (PemStores stores = PemStores.of(Map.of("ssl_ca", ours))) {
      store = Path.of(URI.create(stores.settings().get("trustCertificateKeyStoreUrl")));
      assertThat(store).exists();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.getParent())))
          .isEqualTo("rwx------");
    }
    assertThat(store.getParent()).doesNotExist();
  }

  @Test
  void aStatementsTimeoutHoldsAndItsKeyStoresGoWithTheLastConnection() throws Exception {
    String key = client.keyTo(folder.resolve("timed.pem")).toString();
    DataSource source = type.dataSource(settings(mutual(certificate, key)));
    Connection first = source.getConnection();
    Connection second = source.getConnection();
    Path store = store(first);
    assertThat(store(second)).isEqualTo(store);
    first.close();
    first.close();
    try (Statement statement = second.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute("SELECT SLEEP(60)"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e ->
                  assertThat(FailureKind.of(e, type))
                      .describedAs("%s", e)
                      .isEqualTo(FailureKind.TIMEOUT));
      assertThat(second.isValid(2)).isTrue();
    }
    assertThat(store).exists();
    second.abort(Runnable::run);
    assertThat(store.getParent()).doesNotExist();
  }

  @Test
  void aChangedFileLeavesOpenConnectionsTheKeyStoresTheyWereMadeWith() throws Exception {
    Path renewed = Files.copy(Path.of(ours), folder.resolve("changing.pem"));
    DataSource source = type.dataSource(settings(Map.of("ssl_ca", renewed.toString())));
    try (Connection before = source.getConnection()) {
      Files.writeString(renewed, Files.readString(renewed) + Files.readString(Path.of(other)));
      Path newer;
      try (Connection after = source.getConnection()) {
        newer = store(after);
        assertThat(newer).exists().isNotEqualTo(store(before));
      }
      assertThat(newer.getParent()).doesNotExist();
      assertThat(store(before)).exists();
    }
  }

  private static Path store(Connection connection) throws SQLException {
    return Path.of(
        URI.create(
            connection
                .unwrap(JdbcConnection.class)
                .getPropertySet()
                .getStringProperty(PropertyKey.trustCertificateKeyStoreUrl)
                .getValue()));
  }

  private void assertRefused(Map<String, String> parameters, String why) {
    assertThatThrownBy(() -> cipher(parameters))
        .isInstanceOfSatisfying(
            SQLException.class,
            e ->
                assertThat(FailureKind.of(e, type)).describedAs("%s", e).isEqualTo(FailureKind.TLS))
        .satisfies(e -> assertThat(said(e)).contains(why));
  }

  private static String said(Throwable failure) {
    StringBuilder said = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      said.append(each.getMessage()).append('\n');
    }
    return said.toString();
  }

  private static Map<String, String> mutual(String certificate, String key) {
    return Map.of("ssl_ca", ours, "ssl_cert", certificate, "ssl_key", key);
  }

  private static String pem(String name, String label, String content) throws Exception {
    String text = "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, content, label);
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String mode(Map<String, String> parameters) {
    return String.valueOf(DriverSettings.of(settings(parameters)).get("sslMode"));
  }

  private String cipher(Map<String, String> parameters) throws SQLException {
    try (Connection connection = type.dataSource(settings(parameters)).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW STATUS LIKE 'Ssl_cipher'")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(2);
    }
  }

  private static ConnectionSettings settings(Map<String, String> parameters) {
    boolean mutual = parameters.containsKey("ssl_cert");
    return new ConnectionSettings(
        "mysql",
        null,
        "127.0.0.1",
        server.port(),
        null,
        mutual ? "mutual" : server.user(),
        new Secret(mutual ? "mutual" : server.password()),
        null,
        parameters,
        Map.of(),
        5_000);
  }
}
