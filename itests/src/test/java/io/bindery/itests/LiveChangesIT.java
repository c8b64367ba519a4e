package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import io.bindery.testing.ShellSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases and models come and go while somebody asks all the time. */
class LiveChangesIT {
  private static final Pattern EMAIL = Pattern.compile("\"email\":\"([^\"]*)\"");
  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");

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
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> host.exec("aggregate:run", "newest").exit() == 0);

        Set<String> old = Set.of("ada@example.com", "bo@example.com");
        Set<String> both = Set.of("ada@example.com", "bo@example.com", "zoe@example.eu");
        try (Asking asking = new Asking(host.home(), "newest", EMAIL)) {
          asking.awaitAnswers(3);
          for (int round = 0; round < 5; round++) {
            host.drop(
                "bindery.bind-crm-eu.cfg",
                "url = " + server.socketUrl("crm_eu"),
                "label.role = crm");
            asking.awaitAnswer(both, Duration.ofSeconds(1));
            host.delete("bindery.bind-crm-eu.cfg");
            asking.awaitAnswer(old, Duration.ofSeconds(1));
          }
          assertThat(asking.failures()).isEmpty();
          assertThat(asking.answers()).containsOnly(old, both);
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
      Path first = petModel("1.0.0", "name");
      Path second = petModel("1.1.0", "CONCAT(name, ' the second')");
      try (PackedHost host = PackedHost.start(folder.resolve("home"))) {
        // the model names no bind, so it is for the default one
        host.drop("bindery.bind-default.cfg", "url = " + server.url("pets"));
        host.drop("bindery.aggregate-pets.cfg", "union = pets");
        PackedHost.Result before = host.exec("aggregate:run", "pets");
        assertThat(before.exit()).isEqualTo(1);
        assertThat(before.err()).contains("'pets'");

        host.deploy("pets.jar", first);
        await()
            .atMost(Duration.ofSeconds(5))
            .until(() -> host.exec("aggregate:run", "pets").exit() == 0);
        try (Asking asking = new Asking(host.home(), "pets", NAME)) {
          asking.awaitAnswers(3);
          host.deploy("pets.jar", second);
          asking.awaitAnswer(Set.of("Rex the second"), Duration.ofSeconds(5));
          host.deploy("pets.jar", first);
          asking.awaitAnswer(Set.of("Rex"), Duration.ofSeconds(5));
          assertThat(asking.failures()).isEmpty();
          assertThat(asking.answers()).containsOnly(Set.of("Rex"), Set.of("Rex the second"));
        }

        java.nio.file.Files.delete(host.home().resolve("deploy/pets.jar"));
        await()
            .atMost(Duration.ofSeconds(5))
            .until(() -> host.exec("aggregate:run", "pets").exit() == 1);
        assertThat(host.ask("model:list")).doesNotContain("PetModel");
      }
    }
  }

  private Path petModel(String version, String name) throws Exception {
    return ModelJar.build(
        folder,
        "demo.pets",
        version,
        Map.of(
            "demo/PetModel.java",
            """
            package demo;
            @org.osgi.service.component.annotations.Component
            public final class PetModel implements io.bindery.model.Model {
              @Override public java.util.List<Class<?>> mappers() {
                return java.util.List.of(PetMapper.class);
              }
            }
            """,
            "demo/Pet.java",
            "package demo; record Pet(int id, String name) {}",
            "demo/PetMapper.java",
            """
            package demo;
            interface PetMapper {
              @io.bindery.model.Source(name = "pets", key = "id")
              @org.apache.ibatis.annotations.Select("SELECT id, %s AS name FROM pets ORDER BY id")
              java.util.List<Pet> pets();
            }
            """
                .formatted(name)));
  }

  /** Asks one aggregate every 50 ms and keeps the values that a pattern finds in each answer. */
  private static final class Asking implements AutoCloseable {
    private final ConcurrentLinkedQueue<Set<String>> answers = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final ShellSession session;
    private final Thread thread;
    private volatile Set<String> last = Set.of();

    Asking(Path home, String aggregate, Pattern pattern) throws Exception {
      session = new ShellSession(home);
      thread =
          new Thread(
              () -> {
                try {
                  while (!stop.get()) {
                    String answer = session.run(aggregate);
                    if (answer.startsWith("bindery: ")) {
                      failures.add(answer);
                    } else {
                      last =
                          pattern
                              .matcher(answer)
                              .results()
                              .map(result -> result.group(1))
                              .collect(Collectors.toUnmodifiableSet());
                      answers.add(last);
                    }
                    java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
                  }
                } catch (Exception e) {
                  failures.add(e.toString());
                }
              });
      thread.start();
    }

    void awaitAnswers(int count) {
      await().atMost(Duration.ofSeconds(20)).until(() -> answers.size() + failures.size() >= count);
    }

    void awaitAnswer(Set<String> wanted, Duration within) {
      await()
          .atMost(within)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> last.equals(wanted) || !failures.isEmpty());
    }

    List<Set<String>> answers() {
      return List.copyOf(answers);
    }

    List<String> failures() {
      return List.copyOf(failures);
    }

    @Override
    public void close() throws Exception {
      stop.set(true);
      thread.join(60_000);
      session.close();
    }
  }
}
