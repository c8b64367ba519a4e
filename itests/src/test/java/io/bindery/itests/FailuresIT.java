package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database stops, a secret is missing: what the answer says, and that it heals by itself. */
@Tag("alone")
class FailuresIT {
  @TempDir private Path folder;

  @Test
  void aStoppedDatabaseFailsTheRunMakesAPartialAnswerAndComesBackByItself() throws Exception {
    try (MariaDbServer one = MariaDbServer.start();
        MariaDbServer two = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"))) {
      Company.customers(one, "crm", "ada@example.com");
      Company.customers(two, "crm", "zoe@example.eu");
      host.drop("bindery.bind-crm.cfg", "url = " + one.url("crm"), "label.role = crm");
      host.drop("bindery.bind-crm-eu.cfg", "url = " + two.socketUrl("crm"), "label.role = crm");
      host.drop("bindery.aggregate-newest.cfg", "union = customers", "order = email");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(host.exec("aggregate:run", "newest").out())
                      .contains("ada@example.com", "zoe@example.eu"));

      two.crash();
      long start = System.nanoTime();
      PackedHost.Result strict = host.exec("aggregate:run", "newest", "--format", "csv");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
      assertThat(strict.exit()).isEqualTo(1);
      assertThat(strict.out()).isEmpty();
      assertThat(strict.err()).startsWith("bindery: ").contains("'crm-eu'").hasLineCount(1);

      PackedHost.Result partial =
          host.exec("aggregate:run", "newest", "--partial", "--format", "json");
      assertThat(partial.exit()).isEqualTo(4);
      assertThat(partial.out())
          .contains("ada@example.com", "\"complete\":false", "\"status\":\"failed\"", "crm-eu");

      two.restart();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> host.exec("aggregate:run", "newest").exit() == 0);
      assertThat(host.ask("aggregate:run", "newest", "--format", "csv"))
          .isEqualTo(
              """
              bind_key,id,name,email,country,created_at
              crm,1,Customer 1,ada@example.com,Chile,2026-01-01T08:00:00
              crm-eu,1,Customer 1,zoe@example.eu,Chile,2026-01-01T08:00:00
              """);
    }
  }

  @Test
  void aMissingSecretAtBootIsAFailureOfTheRunAndNeverAnAbsence() throws Exception {
    Path home = folder.resolve("home");
    Path secrets = Files.createDirectory(folder.resolve("secrets"));
    try (MariaDbServer server = MariaDbServer.start()) {
      Company.customers(server, "a", "a@example.com");
      Company.customers(server, "b", "b@example.com");
      Company.customers(server, "c", "c@example.com");
      Path etc = Files.createDirectories(home.resolve("etc"));
      for (String key : new String[] {"a", "b", "c"}) {
        Files.writeString(
            etc.resolve("bindery.bind-" + key + ".cfg"),
            """
            host = 127.0.0.1
            type = mysql
            port = %d
            user = %s
            database = %s
            .password = $[secret:%s-password]
            label.role = crm
            """
                .formatted(server.port(), server.user(), key, key));
        if (!key.equals("c")) {
          Files.writeString(secrets.resolve(key + "-password"), server.password() + "\n");
        }
      }
      Files.writeString(
          etc.resolve("bindery.aggregate-all.cfg"), "union = customers\norder = email\n");
      try (PackedHost host = PackedHost.start(home, Map.of(), "--secrets", secrets.toString())) {
        PackedHost.Result strict = host.exec("aggregate:run", "all");
        assertThat(strict.exit()).isEqualTo(1);
        assertThat(strict.err()).contains("'c'", "$[secret:c-password]").hasLineCount(1);
        assertThat(strict.out()).isEmpty();

        PackedHost.Result partial =
            host.exec("aggregate:run", "all", "--partial", "--format", "csv");
        assertThat(partial.exit()).isEqualTo(4);
        assertThat(partial.out()).contains("a@example.com", "b@example.com");

        Files.writeString(secrets.resolve("c-password"), server.password());
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> host.exec("aggregate:run", "all").exit() == 0);
        assertThat(host.ask("aggregate:run", "all", "--format", "csv")).contains("c@example.com");
      }
    }
  }
}
