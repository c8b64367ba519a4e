package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.itests.Mutants.Mutant;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import io.bindery.testing.Soak;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of wrong files, many at a time, while somebody asks: every answer is right, no bind
 * that works is lost, something is said of every file that is wrong, and nothing of them stays.
 */
class MutatedFilesIT {
  private static final int ALL = 10_000;
  private static final int AT_ONCE = 100;
  private static final int VICTIMS = 20;
  private static final String VICTIM = "bindery.bind-victim";
  private static final String MODEL = "io.bindery.models.sakila.SakilaModel";
  private static final Pattern EMAIL = Pattern.compile("\"email\":\"([^\"]*)\"");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Random random = new Random(Soak.seed());
  private MariaDbServer server;
  private PackedHost host;
  private Path etc;
  private Mutants mutants;
  private String defaults;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server = MariaDbServer.start();
    Company.customers(server, "one", "ada@example.com", "bo@example.com");
    Company.customers(server, "two", "zoe@example.eu");
    host = PackedHost.start(folder.resolve("home"));
    etc = host.home().resolve("etc");
    defaults = Files.readString(etc.resolve("bindery.defaults.cfg"));
    mutants = new Mutants(random, server.socketUrl("one"), server.password());
    dropWhatWorks();
  }

  @AfterEach
  void stop() {
    host.close();
    server.close();
  }

  @Test
  void everyMutatedFileIsToldAndNothingThatWorksIsLost() throws Exception {
    try (Asking asking = new Asking(host.home(), "good", EMAIL)) {
      asking.awaitAnswers(1);
      for (int i = 0; i < Math.max(1, Soak.rounds(ALL) / AT_ONCE); i++) {
        round(i);
      }
      asking.awaitAnswers(asking.answers().size() + 2);
      assertThat(asking.failures()).as(Soak.again()).isEmpty();
      assertThat(Set.copyOf(asking.answers()))
          .as(Soak.again())
          .containsExactly(Set.of("ada@example.com", "bo@example.com", "zoe@example.eu"));
    }
    assertThat(log()).doesNotContain("cannot be carried over").doesNotContain(server.password());
    aHostThatStartsAmongThemServes();
  }

  private void aHostThatStartsAmongThemServes() throws Exception {
    Map<String, Mutant> dropped = new LinkedHashMap<>();
    add(dropped, mutants.someModelSettings());
    add(dropped, mutants.someModelFilter(MODEL));
    while (dropped.size() < AT_ONCE) {
      add(dropped, mutants.next());
    }
    drop(List.copyOf(dropped.values()));
    host.close();
    host = PackedHost.start(host.home());
    await().atMost(LIMIT).untilAsserted(() -> allAreTold(dropped));
    assertThat(host.ask("aggregate:run", "good", "--format", "csv"))
        .as(Soak.again())
        .contains("ada@example.com", "bo@example.com", "zoe@example.eu");
  }

  private void dropWhatWorks() throws Exception {
    // what every bind has may be mutated: these have their own
    for (String key : List.of("one", "two")) {
      host.drop(
          "bindery.bind-good-" + (key.equals("one") ? "a" : "b") + ".cfg",
          "url = " + server.socketUrl(key),
          "label.role = crm",
          "pool.maximumPoolSize = 4",
          "pool.idleTimeout = 240000",
          "pool.connectionTimeout = 30000",
          "drain.timeout = 30000");
    }
    host.drop(
        "bindery.aggregate-good.cfg",
        "union = customers@(|(bind.key=good-a)(bind.key=good-b))",
        "order = email");
    for (int i = 0; i < VICTIMS; i++) {
      host.drop(victim(i), mutants.bind().toArray(String[]::new));
    }
    await().atMost(LIMIT).untilAsserted(this::onlyWhatWorksIsThere);
    await().atMost(LIMIT).until(() -> host.exec("aggregate:run", "good").exit() == 0);
  }

  private static String victim(int i) {
    return VICTIM + i + ".cfg";
  }

  private void round(int round) throws Exception {
    Map<String, Mutant> dropped = new LinkedHashMap<>();
    for (int i = 0; i < VICTIMS; i++) {
      add(dropped, mutants.wrongBind(victim(i)));
    }
    switch (round % 4) {
      case 1 -> add(dropped, mutants.someDefaults());
      case 2 -> add(dropped, mutants.someModelSettings());
      case 3 -> add(dropped, mutants.someModelFilter(MODEL));
      default -> {}
    }
    while (dropped.size() < AT_ONCE) {
      add(dropped, mutants.next());
    }
    drop(List.copyOf(dropped.values()));
    await().atMost(LIMIT).untilAsserted(() -> allAreTold(dropped));

    for (Mutant mutant : dropped.values()) {
      Files.deleteIfExists(etc.resolve(mutant.name()));
    }
    host.drop("bindery.defaults.cfg", defaults);
    for (int i = 0; i < VICTIMS; i++) {
      host.drop(victim(i), mutants.bind().toArray(String[]::new));
    }
    await().atMost(LIMIT).untilAsserted(this::onlyWhatWorksIsThere);
  }

  private static void add(Map<String, Mutant> dropped, Mutant mutant) {
    dropped.put(mutant.name(), mutant);
  }

  /** Some files are written in place, some slowly, most are renamed in. */
  private void drop(List<Mutant> files) throws IOException {
    List<Mutant> slow = new ArrayList<>();
    for (Mutant file : files) {
      Path path = etc.resolve(file.name());
      // half a file of a bind may be a whole one that says something else
      boolean mayBeSlow = !file.name().startsWith(VICTIM);
      switch (random.nextInt(mayBeSlow ? 5 : 4)) {
        case 4 -> {
          Files.write(path, Arrays.copyOf(file.content(), file.content().length / 2));
          slow.add(file);
        }
        case 1 -> Files.write(path, file.content());
        default -> {
          Path half = Files.write(etc.resolve(".half.tmp"), file.content());
          Files.move(half, path, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    for (Mutant file : slow) {
      Files.write(etc.resolve(file.name()), file.content());
    }
  }

  private void allAreTold(Map<String, Mutant> dropped) throws Exception {
    BindListing listing = BindListing.of(host);
    String aggregates = host.ask("aggregate:list", "--format", "json");
    for (int i = 0; i < VICTIMS; i++) {
      assertThat(listing.life("victim" + i)).as("victim%d %s", i, Soak.again()).isEqualTo("up 1");
    }
    for (String good : List.of("good-a", "good-b")) {
      assertThat(listing.life(good)).as(good).isEqualTo("up 1");
    }
    listing
        .binds()
        .forEach(
            (key, row) ->
                assertThat(row.state().matches("up|starting") || !row.reason().isBlank())
                    .as("bind '%s' is %s without a reason %s", key, row.state(), Soak.again())
                    .isTrue());
    List<String> untold = new ArrayList<>();
    for (Mutant mutant : dropped.values()) {
      if (!isTold(mutant, listing, aggregates)) {
        untold.add(mutant.name() + " (" + mutant.how() + ")");
      }
    }
    assertThat(untold).as("files of which nothing is said %s", Soak.again()).isEmpty();
  }

  /** Whether a file with a problem says so, and one without became what its name says. */
  private static boolean isTold(Mutant mutant, BindListing listing, String aggregates) {
    String name = mutant.name();
    if (listing.problemOf(name) != null || name.startsWith(".") || !name.endsWith(".cfg")) {
      return true;
    }
    int hyphen = name.indexOf('-');
    String key = name.substring(hyphen + 1, name.length() - ".cfg".length());
    if (name.startsWith("bindery.bind-")) {
      BindListing.Row row = listing.binds().get(key);
      return row != null && (!mutant.wrong() || row.complains());
    }
    if (name.startsWith("bindery.aggregate-")) {
      Pattern row =
          Pattern.compile("\"name\":\"" + Pattern.quote(key) + "\"[^{}]*\"problem\":(\"?)");
      var found = row.matcher(aggregates);
      return found.find() && (!mutant.wrong() || !found.group(1).isEmpty());
    }
    return hyphen < 0;
  }

  private void onlyWhatWorksIsThere() throws Exception {
    BindListing listing = BindListing.of(host);
    assertThat(listing.problems()).as(Soak.again()).isEmpty();
    assertThat(listing.binds()).as(Soak.again()).hasSize(VICTIMS + 2);
    listing
        .binds()
        .forEach(
            (key, row) -> {
              assertThat(row.complains()).as("%s: %s", key, row).isFalse();
              assertThat(listing.life(key)).as(key).isEqualTo("up 1");
            });
    assertThat(host.ask("aggregate:list", "--format", "json")).doesNotContain("\"fz");
  }

  private String log() throws IOException {
    StringBuilder log = new StringBuilder();
    try (var files = Files.list(host.home().resolve("log"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        log.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    }
    return log.toString();
  }
}
