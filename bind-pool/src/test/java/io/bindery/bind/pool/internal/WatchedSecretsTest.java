package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindState;
import io.bindery.samples.server.MariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed secret becomes a generation by itself, however it is changed. */
class WatchedSecretsTest {
  private static final String ID = "SELECT CONNECTION_ID()";
  private static MariaDbServer server;

  private final Path secrets;
  private final Path folder;
  private BindHost host;

  WatchedSecretsTest(@TempDir Path folder) {
    this.folder = folder;
    this.secrets = folder.resolve("secrets");
  }

  @BeforeAll
  static void startServer() {
    server = MariaDbServer.start();
    server.execute("", "CREATE DATABASE one");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void startHost() throws Exception {
    host = new BindHost(folder);
    server.execute(
        "",
        "CREATE OR REPLACE USER rota@'%' IDENTIFIED BY 'first-1'",
        "GRANT ALL ON one.* TO rota@'%'");
  }

  @AfterEach
  void stopHost() throws Exception {
    host.close();
    await().atMost(SOON).until(() -> !isWatching());
  }

  private static boolean isWatching() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("bindery-bind-secrets"));
  }

  @Test
  void aChangedFileRotatesThePasswordWhileTheConnectionsStand() throws IOException {
    Files.writeString(secrets.resolve("rota"), "first-1");
    configure("crm");
    configure("erp");
    assertThat(isWatching()).isTrue();
    String crm = ask(host.bind("crm"), ID);
    String erp = ask(host.bind("erp"), ID);
    server.execute("", "ALTER USER rota@'%' IDENTIFIED BY 'second-2'");
    Files.writeString(secrets.resolve("rota"), "second-2\n");
    host.awaitGeneration("crm", 2);
    host.awaitGeneration("erp", 2);
    assertThat(ask(host.bind("crm"), ID)).isEqualTo(crm);
    assertThat(ask(host.bind("erp"), ID)).isEqualTo(erp);
  }

  @Test
  void aSwappedLinkAboveTheFileIsSeen() throws IOException {
    Files.createDirectory(secrets.resolve("..1"));
    Files.writeString(secrets.resolve("..1/rota"), "first-1");
    Files.createSymbolicLink(secrets.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(secrets.resolve("rota"), Path.of("..data/rota"));
    configure("crm");
    String before = ask(host.bind("crm"), ID);

    Files.createDirectory(secrets.resolve("..2"));
    Files.writeString(secrets.resolve("..2/rota"), "other-3");
    Files.createSymbolicLink(secrets.resolve("..data_tmp"), Path.of("..2"));
    server.execute("", "ALTER USER rota@'%' IDENTIFIED BY 'other-3'");
    Files.move(secrets.resolve("..data_tmp"), secrets.resolve("..data"), ATOMIC_MOVE);
    host.awaitGeneration("crm", 2);
    assertThat(ask(host.bind("crm"), ID)).isEqualTo(before);
  }

  @Test
  void aSecretThatIsWrongOrGoneIsRejectedAndTheOldOneServes() throws IOException {
    Files.writeString(secrets.resolve("rota"), "first-1");
    configure("crm");
    String before = ask(host.bind("crm"), ID);
    Files.writeString(secrets.resolve("rota"), "wrong-9");
    assertThat(host.awaitRejection("crm")).contains("refuses the login");
    Files.delete(secrets.resolve("rota"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(host.awaitRejection("crm"))
                    .startsWith(".password: $[secret:rota] cannot be resolved"));
    assertThat(ask(host.bind("crm"), ID)).isEqualTo(before);
    Files.writeString(secrets.resolve("rota"), "first-1");
    await().atMost(SOON).until(() -> host.bind("crm").status().rejected() == null);
    assertThat(host.bind("crm").status().generation()).isEqualTo(1);
  }

  private void configure(String key) {
    String url = "mysql://rota@127.0.0.1:" + server.port() + "/one";
    host.configure(key, "url", url, ".password", "$[secret:rota]");
    host.awaitState(key, BindState.UP);
  }
}
