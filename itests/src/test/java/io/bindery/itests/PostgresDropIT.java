package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.EmbeddedServer;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import io.bindery.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second kind of database, by one jar that is dropped into a running host. */
class PostgresDropIT {
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final Pattern EMAIL = Pattern.compile("\"email\":\"([^\"]*)\"");
  private static final Set<String> MYSQL = Set.of("bo@example.com", "Zoe@example.com");
  private static final Set<String> BOTH =
      Set.of("bo@example.com", "Zoe@example.com", "ada@example.com", "\u00E9va@example.com");

  private static MariaDbServer maria;
  private static PostgresServer postgres;

  @TempDir private Path folder;

  @BeforeAll
  static void startServers() {
    maria = MariaDbServer.start();
    postgres = PostgresServer.start();
    people(maria, "bo@example.com", "Zoe@example.com");
    people(postgres, "ada@example.com", "\u00E9va@example.com");
  }

  private static void people(EmbeddedServer server, String first, String second) {
    server.execute("", "CREATE DATABASE crm");
    server.execute(
        "crm",
        "CREATE TABLE people (id INT PRIMARY KEY, email VARCHAR(190) NOT NULL)",
        "INSERT INTO people VALUES (1, '%s'), (2, '%s')".formatted(first, second));
  }

  @AfterAll
  static void stopServers() {
    maria.close();
    postgres.close();
  }

  @Test
  void aWaitingBindComesUpWhenItsTypeIsDroppedAndOneModelAnswersFromBothKinds() throws Exception {
    try (PackedHost host = start()) {
      awaitListed(host, "bind:list", "reports .*waiting .*there is no bind type for 'postgresql'");
      assertThat(host.exec("aggregate:run", "everybody", "--timeout", "1s").err())
          .contains("reports");

      host.deploy("bind-postgresql.jar", jar());
      awaitUp(host);

      assertThat(host.ask("bind:show", "reports"))
          .contains("postgresql://127.0.0.1:" + postgres.port() + "/crm")
          .doesNotContain(postgres.password());
      assertThat(host.ask("aggregate:run", "everybody", "--format", "csv"))
          .isEqualTo(
              """
              bind_key,id,email
              shop,2,Zoe@example.com
              reports,1,ada@example.com
              shop,1,bo@example.com
              reports,2,\u00E9va@example.com
              """);
    }
  }

  @Test
  void theTypeIsReplacedAndRemovedUnderLoadAndOtherBindsDoNotNotice() throws Exception {
    try (PackedHost host = start()) {
      host.deploy("bind-postgresql.jar", jar());
      awaitUp(host);
      try (Asking others = new Asking(host.home(), "people_in_mysql", EMAIL);
          Asking all = new Asking(host.home(), "everybody", EMAIL)) {
        others.awaitAnswers(3);
        all.awaitAnswers(3);
        CompletableFuture<PackedHost.Result> inFlight = run(host, "aggregate:run", "slow");
        awaitActive(true);

        host.deploy("bind-postgresql.jar", TypeBundle.inVersion("99.0.0", jar(), folder));
        awaitListed(host, "lb", "99.0.0");
        awaitUp(host);

        PackedHost.Result drained = inFlight.join();
        assertThat(drained.exit()).as(drained.err()).isZero();
        assertThat(drained.out()).contains("150");
        int answers = all.answers().size();
        all.awaitAnswers(answers + 3);
        assertThat(all.failures()).isEmpty();
        assertThat(all.answers()).containsOnly(BOTH);
        all.close();

        Files.delete(host.home().resolve("deploy/bind-postgresql.jar"));
        awaitListed(host, "bind:list", "waiting");
        PackedHost.Result strict = host.exec("aggregate:run", "everybody", "--timeout", "1s");
        assertThat(strict.exit()).isEqualTo(1);
        assertThat(strict.err()).contains("'reports'");
        PackedHost.Result partial =
            host.exec("aggregate:run", "everybody", "--partial", "--timeout", "3s");
        assertThat(partial.exit()).isEqualTo(4);
        assertThat(partial.out()).contains(MYSQL);

        host.deploy("bind-postgresql.jar", jar());
        awaitUp(host);
        assertThat(host.ask("aggregate:run", "everybody")).contains(BOTH);
        assertThat(others.failures()).isEmpty();
        assertThat(others.answers()).containsOnly(MYSQL);
      }
    }
  }

  @Test
  void aDeadlineAndACallerThatGoesStopTheStatementInPostgres() throws Exception {
    try (PackedHost host = start()) {
      host.deploy("bind-postgresql.jar", jar());
      awaitUp(host);

      PackedHost.Result late = host.exec("aggregate:run", "endless", "--timeout", "1s");
      assertThat(late.exit()).isEqualTo(1);
      assertThat(late.err()).contains("'reports'", "deadline");
      awaitActive(false);

      Process caller = host.client("aggregate:run", "endless").start();
      awaitActive(true);
      caller.destroy();
      awaitActive(false);
      assertThat(host.ask("aggregate:run", "everybody")).contains(BOTH);
    }
  }

  /** A host that has everything but the type. */
  private PackedHost start() throws Exception {
    PackedHost host = PackedHost.start(folder.resolve("home"));
    host.drop("bindery.bind-shop.cfg", "url = " + maria.url("crm"), "label.role = people");
    host.drop(
        "bindery.bind-reports.cfg",
        "url = " + postgres.url("crm").replace("postgresql:", "postgresql+psycopg2:"),
        "label.role = people");
    host.drop(
        "bindery.aggregate-everybody.cfg",
        "union = people",
        "order = email",
        "expect = shop, reports");
    host.drop("bindery.aggregate-people_in_mysql.cfg", "union = people@(bind.type=mysql)");
    host.drop(
        "bindery.aggregate-slow.cfg",
        "from = slow@(bind.key=reports)",
        "select = count() as rows_read");
    host.drop("bindery.aggregate-endless.cfg", "union = endless@(bind.key=reports)");
    host.deploy("people.jar", model());
    awaitListed(host, "model:list", "PeopleModel");
    awaitListed(host, "bind:list", "shop +mysql +up");
    for (String aggregate : List.of("everybody", "people_in_mysql", "slow", "endless")) {
      awaitListed(host, "aggregate:list", "(?m)^" + aggregate + " ");
    }
    return host;
  }

  private Path model() throws Exception {
    return ModelJar.build(
        folder,
        "demo.people",
        "1.0.0",
        Map.of(
            "demo/PeopleModel.java",
            """
            package demo;
            @org.osgi.service.component.annotations.Component
            @io.bindery.model.BindFilter("(label.role=people)")
            public final class PeopleModel implements io.bindery.model.Model {
              @Override public java.util.List<Class<?>> mappers() {
                return java.util.List.of(PersonMapper.class);
              }
            }
            """,
            "demo/Person.java",
            "package demo; record Person(int id, String email) {}",
            "demo/PersonMapper.java",
            """
            package demo;
            import io.bindery.model.Source;
            import org.apache.ibatis.annotations.Select;
            import org.apache.ibatis.cursor.Cursor;
            interface PersonMapper {
              @Source(name = "people", key = "email", order = "email")
              @Select(databaseId = "mysql", value =
                  "SELECT id, email FROM people ORDER BY CAST(CONVERT(email USING utf8mb4) AS BINARY)")
              @Select(databaseId = "postgresql", value =
                  "SELECT id, email FROM people ORDER BY CAST(email AS text) COLLATE \\"C\\"")
              Cursor<Person> people();

              @Source(name = "slow")
              @Select(databaseId = "mysql", value = "SELECT id, email FROM people")
              @Select(databaseId = "postgresql", value =
                  "SELECT n AS id, 'x' AS email FROM generate_series(1, 150) n WHERE pg_sleep(0.02) IS NOT NULL")
              Cursor<Person> slow();

              @Source(name = "endless")
              @Select(databaseId = "mysql", value = "SELECT id, email FROM people")
              @Select(databaseId = "postgresql", value =
                  "SELECT n AS id, 'x' AS email FROM generate_series(1, 9999999) n WHERE pg_sleep(0.02) IS NOT NULL")
              Cursor<Person> endless();
            }
            """));
  }

  /** What is dropped. */
  static Path jar() {
    return Path.of(Objects.requireNonNull(System.getProperty("bindery.postgresql.jar")));
  }

  private static CompletableFuture<PackedHost.Result> run(PackedHost host, String... words) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return host.exec(words);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void awaitUp(PackedHost host) {
    awaitListed(host, "bind:list", "(?s).*reports +postgresql +up.*");
  }

  private static void awaitListed(PackedHost host, String command, String pattern) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(host.ask(command)).containsPattern(pattern));
  }

  private static void awaitActive(boolean wanted) {
    await()
        .atMost(LONG)
        .until(
            () ->
                postgres.connections().stream().anyMatch(each -> each.contains(": active "))
                    == wanted);
  }
}
