package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases and models come and go while somebody asks all the time. */
class LiveChangesIT {
  private static final Pattern EMAIL = Pattern.compile("\"email\":\"([^\"]*)\"");
  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void aDroppedDatabaseIsInTheAnswersWithinASecondAndADeletedOneIsGone() throws Exception {
    try (MariaDbServer server = MariaDbServer.start()) {
      Company.customers(server, "crm", "ada@example.com", "bo@example.com");
      Company.customers(server, "crm_eu", "zoe@example.eu");
      try (PackedHost host = PackedHost.start(folder.resolve("home"))) {
        host.drop("bindery.bind-crm.cfg", "url = " + server.url("crm"), "label.role = crm");
        host.drop(
            "bindery.aggregate-newest.cfg",
            "union = customers@(label.role=crm)",
            "order = created_at desc, bind_key, id");
        await().atMost(PATIENCE).until(() -> host.exec("aggregate:run", "newest").exit() == 0);

        Set<String> old = Set.of("ada@example.com", "bo@example.com");
        Set<String> both = Set.of("ada@example.com", "bo@example.com", "zoe@example.eu");
        try (Asking asking = new Asking(host.home(), "newest", EMAIL)) {
          asking.awaitAnswers(3);
          List<Duration> took = new ArrayList<>();
          for (int round = 0; round < 5; round++) {
            host.drop(
                "bindery.bind-crm-eu.cfg",
                "url = " + server.socketUrl("crm_eu"),
                "label.role = crm");
            took.add(asking.awaitAnswer(both, PATIENCE));
            host.delete("bindery.bind-crm-eu.cfg");
            took.add(asking.awaitAnswer(old, PATIENCE));
          }
          assertThat(asking.failures()).isEmpty();
          assertThat(asking.answers()).containsOnly(old, both);
          // the rule, as a busy machine can hold up any of them
          took.sort(null);
          assertThat(took.get(took.size() / 2)).as(took.toString()).isLessThan(SECOND);
        }
      }
    }
  }

  @Test
  void aDroppedModelAnswersAReplacedOneRunsItsNewCodeAndADeletedOneIsGone() throws Exception {
    try (MariaDbServer server = MariaDbServer.start()) {
      server.execute(
          "",
          "CREATE DATABASE pets CHARACTER SET utf8mb4",
          "CREATE TABLE pets.pets (id INT PRIMARY KEY, name VARCHAR(40))",
          "INSERT INTO pets.pets VALUES (1, 'Rex')");
      Path first = PetModel.build(folder, "1.0.0", "name");
      Path second = PetModel.build(folder, "1.1.0", "CONCAT(name, ' the second')");
      try (PackedHost host = PackedHost.start(folder.resolve("home"))) {
        // the model names no bind, so it is for the default one
        host.drop("bindery.bind-default.cfg", "url = " + server.url("pets"));
        host.drop("bindery.aggregate-pets.cfg", "union = pets");
        PackedHost.Result before = host.exec("aggregate:run", "pets");
        assertThat(before.exit()).isEqualTo(1);
        assertThat(before.err()).contains("'pets'");

        host.deploy("pets.jar", first);
        await().atMost(PATIENCE).until(() -> host.exec("aggregate:run", "pets").exit() == 0);
        try (Asking asking = new Asking(host.home(), "pets", NAME)) {
          asking.awaitAnswers(3);
          host.deploy("pets.jar", second);
          asking.awaitAnswer(Set.of("Rex the second"), PATIENCE);
          host.deploy("pets.jar", first);
          asking.awaitAnswer(Set.of("Rex"), PATIENCE);
          assertThat(asking.failures()).isEmpty();
          assertThat(asking.answers()).containsOnly(Set.of("Rex"), Set.of("Rex the second"));
        }

        java.nio.file.Files.delete(host.home().resolve("deploy/pets.jar"));
        await().atMost(PATIENCE).until(() -> host.exec("aggregate:run", "pets").exit() == 1);
        assertThat(host.ask("model:list")).doesNotContain("PetModel");
      }
    }
  }
}
