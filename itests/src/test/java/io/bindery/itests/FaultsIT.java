package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.CertificateAuthority;
import io.bindery.testing.FaultyProxy;
import io.bindery.testing.PackedHost;
import io.bindery.testing.SecretCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The faults of docs/faults.md as an operator sees them: each told apart, healed by itself. */
@Tag("alone")
class FaultsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String STORE_PASSWORD = "store-pass-7f3a";

  @TempDir private static Path folder;
  private static MariaDbServer server;
  private static PackedHost host;
  private static String stores;

  @BeforeAll
  static void start() throws Exception {
    CertificateAuthority authority = new CertificateAuthority("ours");
    CertificateAuthority.Issued own = authority.issue("db", "localhost");
    server =
        MariaDbServer.start(
            "--ssl",
            "--ssl-ca=" + authority.certificateTo(folder.resolve("ca.pem")),
            "--ssl-cert=" + own.certificateTo(folder.resolve("cert.pem")),
            "--ssl-key=" + own.keyTo(folder.resolve("key.pem")));
    authority.trustStoreTo(folder.resolve("ours.p12"), STORE_PASSWORD);
    new CertificateAuthority("other").trustStoreTo(folder.resolve("other.p12"), STORE_PASSWORD);
    stores = folder.toUri().toString();
    server.execute("", "CREATE DATABASE one");
    Path secrets = Files.createDirectory(folder.resolve("secrets"));
    Files.writeString(secrets.resolve("store"), STORE_PASSWORD);
    host = PackedHost.start(folder.resolve("home"), Map.of(), "--secrets", secrets.toString());
  }

  @AfterAll
  static void stop() {
    host.close();
    server.close();
  }

  @Test
  void anUnknownHostIsNamed() throws Exception {
    host.drop("bindery.bind-nohost.cfg", "url = mysql://u@no-such-host.invalid/db");
    awaitReason(
        "nohost",
        "cannot connect to mysql://no-such-host.invalid:3306/db: the host name"
            + " 'no-such-host.invalid' cannot be resolved; check the host name");
  }

  @Test
  void aRefusedLoginSaysWhoWasRefused() throws Exception {
    host.drop(
        "bindery.bind-denied.cfg",
        "url = mysql://nobody:wrong-71c@127.0.0.1:%d/one".formatted(server.port()));
    awaitReason("denied", "refuses the login: Access denied for user 'nobody'");
    awaitReason("denied", "; check user and password, and that the server lets this user in");
  }

  @Test
  void aLockedAccountIsToldAndUnlockedByItself() throws Exception {
    account("locked", "ACCOUNT LOCK");
    host.drop("bindery.bind-locked.cfg", "url = " + url("locked", "one"));
    awaitReason("locked", "; ALTER USER ... ACCOUNT UNLOCK");
    server.execute("", "ALTER USER locked@'%' ACCOUNT UNLOCK");
    awaitUp("locked");
  }

  @Test
  void aDatabaseThatIsNotThereIsToldAndTakenWhenItIsMade() throws Exception {
    account("late", "");
    host.drop("bindery.bind-late.cfg", "url = " + url("late", "two"));
    awaitReason("late", ": Unknown database 'two'; create the database or correct its name");
    server.execute("", "CREATE DATABASE two");
    awaitUp("late");
  }

  @Test
  void anAccountWithoutConnectionsLeftIsTold() throws Exception {
    account("few", "WITH MAX_CONNECTIONS_PER_HOUR 1");
    host.drop("bindery.bind-few.cfg", "url = " + url("few", "one"));
    awaitUp("few");
    PackedHost.Result result = host.exec("bind:sql", "few", "SELECT 1");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .contains("'max_connections_per_hour'", "; lower pool.maximumPoolSize or raise the limits")
        .hasLineCount(1);
    server.execute(
        "", "ALTER USER few@'%' WITH MAX_CONNECTIONS_PER_HOUR 0", "FLUSH USER_RESOURCES");
    awaitUp("few");
  }

  @Test
  void aServerThatHangsHoldsNoCommandLongerThanItsTimeout() throws Exception {
    account("stuck", "");
    try (FaultyProxy proxy = FaultyProxy.to(server.port())) {
      host.drop("bindery.bind-stuck.cfg", "url = " + proxy.through(url("stuck", "one")));
      awaitUp("stuck");
      proxy.hang();
      long start = System.nanoTime();
      PackedHost.Result result = host.exec("bind:sql", "stuck", "SELECT 1", "--timeout", "500ms");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("bind 'stuck': no connection within ").hasLineCount(1);
      awaitReason("stuck", ": no answer within ");
      proxy.heal();
      awaitUp("stuck");
    }
  }

  @Test
  void anAuthorityThatIsNotTrustedIsToldAndNoPasswordOfAStoreIsShown() throws Exception {
    account("tls", "REQUIRE SSL");
    dropTls("tls", "ours.p12");
    awaitUp("tls");
    dropTls("tls-other", "other.p12");
    awaitReason(
        "tls-other",
        "; the server's certificate comes from an authority that is not trusted here: give");
    SecretCheck secrets = new SecretCheck(STORE_PASSWORD);
    secrets.checkText("bind:show", host.ask("bind:show", "tls"));
    secrets.checkText("bind:list", host.ask("bind:list", "--format", "json"));
    secrets.checkFiles(host.home().resolve("log"));
    secrets.checkFiles(host.home().resolve("data"));
  }

  @Test
  void pemFilesOfAUrlAreTakenAndOneThatIsMissingIsNamedAndTakenWhenItComes() throws Exception {
    account("pem", "REQUIRE SSL");
    dropPem("pem", folder.resolve("ca.pem"));
    awaitUp("pem");
    Path late = folder.resolve("late.pem");
    dropPem("pem-late", late);
    awaitReason("pem-late", ": ssl_ca: '" + late + "' is not there");
    Files.copy(folder.resolve("ca.pem"), late);
    awaitUp("pem-late");
  }

  private static void dropPem(String key, Path authority) throws Exception {
    host.drop(
        "bindery.bind-" + key + ".cfg",
        "url = %s?ssl_ca=%s&ssl_verify_identity=true"
            .formatted(url("pem", "one").replace("127.0.0.1", "localhost"), authority));
  }

  private static void dropTls(String key, String store) throws Exception {
    host.drop(
        "bindery.bind-" + key + ".cfg",
        "url = " + url("tls", "one").replace("127.0.0.1", "localhost"),
        "driver.sslMode = VERIFY_IDENTITY",
        "driver.trustCertificateKeyStoreUrl = " + stores + store,
        "driver.trustCertificateKeyStoreType = PKCS12",
        "driver.trustCertificateKeyStorePassword = $[secret:store]");
  }

  private static void account(String user, String options) {
    server.execute(
        "",
        "CREATE USER %s@'%%' IDENTIFIED BY '%s-pw' %s".formatted(user, user, options),
        "GRANT ALL ON *.* TO %s@'%%'".formatted(user));
  }

  private static String url(String user, String database) {
    return "mysql://%s:%s-pw@127.0.0.1:%d/%s".formatted(user, user, server.port(), database);
  }

  private static void awaitReason(String key, String part) {
    new BindAwaits(host, LIMIT).why(key, part);
  }

  private static void awaitUp(String key) {
    new BindAwaits(host, LIMIT).up(key);
  }
}
