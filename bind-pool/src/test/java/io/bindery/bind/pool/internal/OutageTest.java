package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.spi.BindType;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.samples.server.MariaDbServer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bind does when its database, its login or its secret fails, and when it comes back. */
class OutageTest {
  private final Path folder;
  private MariaDbServer server;
  private BindHost host;

  OutageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() throws Exception {
    server = MariaDbServer.start();
    server.execute("", "CREATE DATABASE one");
    host = new BindHost(folder);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
    server.close();
  }

  @Test
  void aStoppedServerTakesTheBindDownWithinOneCallAndBackUpByItself() {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    assertThat(ask(bind, "SELECT 1")).isEqualTo("1");

    server.stop();
    assertThatThrownBy(() -> ask(bind, "SELECT 1")).isInstanceOf(BinderyException.class);
    assertThat(bind.status().state()).isEqualTo(BindState.DOWN);
    Duration took =
        LimitsTest.quickest(
            () ->
                assertThatThrownBy(() -> bind.acquire(SOON))
                    .isInstanceOfSatisfying(
                        BinderyException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                    .hasMessageStartingWith(
                        "bind 'crm': down: cannot connect to mysql://127.0.0.1:"
                            + server.port()
                            + "/one: ")
                    .hasMessageContaining("Connection refused"));
    assertThat(took).isLessThan(Duration.ofMillis(500));
    assertThat(host.awaitState("crm", BindState.DOWN).reason()).contains("Connection refused");

    server.restart();
    host.awaitState("crm", BindState.UP);
    assertThat(ask(bind, "SELECT 1")).isEqualTo("1");
    assertThat(bind.status().generation()).isEqualTo(1);
  }

  @Test
  void aFailureInTheMiddleOfAReadTakesTheBindDown() throws SQLException {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    try (BindLease lease = bind.acquire(SOON);
        Connection connection = lease.connection();
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(lease.streaming().fetchSize());
      ResultSet rows =
          statement.executeQuery("SELECT seq, REPEAT('x', 200) FROM seq_1_to_20000000");
      assertThat(rows.next()).isTrue();
      server.stop();
      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  // reads what was on its way
                }
              })
          .isInstanceOfSatisfying(
              SQLException.class,
              e ->
                  assertThat(lease.explain(e, "reading"))
                      .hasMessageStartingWith("bind 'crm': reading lost the database: "));
    }
    assertThat(bind.status().state()).isEqualTo(BindState.DOWN);
  }

  @Test
  void aDatabaseThatIsDownAtStartDelaysNobodyAndComesUpByItself() {
    server.stop();
    host.configure("crm", "url", server.url("one"));
    assertThat(host.awaitState("crm", BindState.DOWN).generation()).isEqualTo(1);
    assertThatThrownBy(() -> host.bind("crm").acquire(SOON))
        .hasMessageStartingWith("bind 'crm': down: cannot connect to ");
    server.restart();
    host.awaitState("crm", BindState.UP);
    assertThat(ask(host.bind("crm"), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void fortySilentDatabasesDoNotDelayALivingOne() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 40; i++) {
        host.configure("silent" + i, "url", "mysql://u:p@127.0.0.1:" + silent.getLocalPort());
      }
      long start = System.nanoTime();
      host.configure("crm", "url", server.url("one"));
      host.awaitState("crm", BindState.UP);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void aRejectedNewDatabaseIsTakenWhenItAnswers() throws Exception {
    server.execute("", "CREATE USER late@'%' IDENTIFIED BY 'late'");
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    String late = "mysql://late:late@127.0.0.1:" + server.port() + "/two";
    host.configure("crm", "url", late);
    assertThat(host.awaitRejection("crm")).contains("refuses the login: Access denied for user");
    server.execute("", "CREATE DATABASE two", "GRANT ALL ON two.* TO late@'%'");
    host.awaitGeneration("crm", 2);
    assertThat(ask(host.bind("crm"), "SELECT DATABASE()")).isEqualTo("two");
  }

  @Test
  void aTypoWhileTheDatabaseIsAwayDoesNotLoseTheGoodSettings() {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    server.stop();
    assertThatThrownBy(() -> ask(host.bind("crm"), "SELECT 1")).isNotNull();
    host.awaitState("crm", BindState.DOWN);
    host.configure("crm", "url", "mysql://nobody:x@127.0.0.1:1/one");
    assertThat(host.awaitRejection("crm")).contains("Connection refused");
    assertThat(host.bind("crm").status().generation()).isEqualTo(1);
    server.restart();
    host.awaitState("crm", BindState.UP);
    assertThat(ask(host.bind("crm"), "SELECT 1")).isEqualTo("1");
    assertThat(host.bind("crm").status().rejected()).isNotNull();
  }

  @Test
  void whatNeverWasUpGivesWayAtOnce() {
    host.configure("crm", "url", "mysql://nobody:x@127.0.0.1:1/one");
    host.awaitState("crm", BindState.DOWN);
    host.configure("crm", "url", "mysql://nobody:x@127.0.0.1:2/one");
    host.awaitGeneration("crm", 2);
    assertThat(host.bind("crm").status().rejected()).isNull();
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
  }

  @Test
  void aTypeThatCannotSayItsNameDisturbsNobody() {
    BindType broken =
        (BindType)
            Proxy.newProxyInstance(
                BindType.class.getClassLoader(),
                new Class<?>[] {BindType.class},
                (self, method, args) -> {
                  if (method.getDeclaringClass() == Object.class) {
                    return method.getName().equals("hashCode") ? 1 : self == args[0];
                  }
                  throw new IllegalStateException("broken");
                });
    try (LogLines log = new LogLines()) {
      host.context().registerService(BindType.class, broken, null);
      host.configure("crm", "url", server.url("one"));
      host.awaitState("crm", BindState.UP);
      assertThat(log.text()).contains("it fails to say its name and schemes");
    }
    assertThat(ask(host.bind("crm"), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aWrongPasswordIsSaidInItsOwnWords() {
    host.configure("crm", "url", server.url("one"), ".password", "wrong-9fa3");
    assertThat(host.awaitState("crm", BindState.DOWN).reason())
        .startsWith(
            "mysql://127.0.0.1:"
                + server.port()
                + "/one refuses the login: Access denied for user '"
                + server.user()
                + "'@")
        .doesNotContain("wrong-9fa3");
  }

  @Test
  void aMissingSecretIsWaitedFor() throws IOException {
    host.configure("crm", "url", server.url("one"), ".password", "$[secret:crm]");
    assertThat(host.awaitState("crm", BindState.WAITING).reason())
        .isEqualTo(
            ".password: $[secret:crm] cannot be resolved: there is no file "
                + folder.resolve("secrets/crm"));
    assertThatThrownBy(() -> host.bind("crm").acquire(SOON))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessageStartingWith("bind 'crm': waiting: .password: $[secret:crm]");

    writeSecret("");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(host.bind("crm").status().reason()).endsWith("secrets/crm is empty"));
    writeSecret(server.password() + "\n");
    host.awaitState("crm", BindState.UP);
    assertThat(ask(host.bind("crm"), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void labelsStandWhileTheSecretOrTheTypeIsMissing() throws IOException {
    String label = "$[prop:java.specification.version]";
    String resolved = System.getProperty("java.specification.version");
    host.configure(
        "crm", "url", server.url("one"), ".password", "$[secret:crm]", "label.role", label);
    host.awaitState("crm", BindState.WAITING);
    assertThat(host.property("crm", "label.role")).isEqualTo(resolved);

    writeSecret(server.password());
    host.awaitState("crm", BindState.UP);
    host.withdrawType();
    host.awaitState("crm", BindState.WAITING);
    assertThat(host.property("crm", "label.role")).isEqualTo(resolved);

    host.configure("crm", "url", server.url("one"), "colour", "red", "label.role", label);
    host.awaitState("crm", BindState.INVALID);
    assertThat(host.property("crm", "label.role")).isEqualTo(resolved);
  }

  @Test
  void aSecretThatGoesMissingRejectsTheChangeOnly() throws IOException {
    writeSecret(server.password());
    host.configure("crm", "url", server.url("one"), ".password", "$[secret:crm]");
    host.awaitState("crm", BindState.UP);
    host.configure("crm", "url", server.url("one"), ".password", "$[secret:other]");
    assertThat(host.awaitRejection("crm")).startsWith(".password: $[secret:other] cannot be");
    assertThat(ask(host.bind("crm"), "SELECT 1")).isEqualTo("1");
    Files.writeString(folder.resolve("secrets/other"), server.password());
    await().atMost(SOON).until(() -> host.bind("crm").status().rejected() == null);
    assertThat(host.bind("crm").status().generation()).isEqualTo(1);
  }

  @Test
  void aChangedPasswordIsPickedUpFromItsSecret() throws IOException {
    server.execute(
        "", "CREATE USER rota@'%' IDENTIFIED BY 'first-1'", "GRANT ALL ON one.* TO rota@'%'");
    writeSecret("first-1");
    String url = "mysql://rota:$[secret:crm]@127.0.0.1:" + server.port() + "/one";
    host.configure("crm", "url", url);
    host.awaitState("crm", BindState.UP);
    server.execute("", "ALTER USER rota@'%' IDENTIFIED BY 'second-2'");
    assertThatThrownBy(() -> ask(host.bind("crm"), "SELECT 1"))
        .hasMessageContaining("refuses the login");
    writeSecret("second-2");
    host.awaitGeneration("crm", 2);
    host.awaitState("crm", BindState.UP);
    assertThat(ask(host.bind("crm"), "SELECT CURRENT_USER()")).isEqualTo("rota@%");
  }

  private void writeSecret(String text) throws IOException {
    Files.writeString(folder.resolve("secrets/crm"), text);
  }
}
