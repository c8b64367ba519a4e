package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import io.bindery.testing.Soak;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that is killed in the middle of changes comes back with what the files say, and nothing
 * that it left behind keeps the next one from starting.
 */
@Tag("long")
class KilledHostIT {
  private static final int KEYS = 12;
  private static final String HEAD = "bind_key,id,name,email,country,created_at\n";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern LATE =
      Pattern.compile("no answer|no connection within|call\\.timeout .* passed|not open ");

  private final Random random = new Random(Soak.seed());
  private final List<byte[]> jars = new ArrayList<>();
  private MariaDbServer server;
  private Path home;
  private Path etc;
  private Path jar;

  @BeforeEach
  void startServer(@TempDir Path folder) throws Exception {
    server = MariaDbServer.start();
    for (int i = 0; i < 3; i++) {
      Company.customers(server, "db" + i, "of" + i + "@example.com");
    }
    server.execute("db0", "CREATE TABLE pets (id INT PRIMARY KEY)", "INSERT INTO pets VALUES (1)");
    for (int version = 0; version < 3; version++) {
      jars.add(
          Files.readAllBytes(PetModel.build(folder, "1." + version + ".0", "'v" + version + "'")));
    }
    home = folder.resolve("home");
    etc = home.resolve("etc");
    jar = home.resolve("deploy/pets.jar");
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void aHostKilledInTheMiddleOfChangesComesBackWithWhatTheFilesSay() throws Exception {
    PackedHost host = PackedHost.start(home);
    try {
      host.drop("bindery.bind-default.cfg", "url = " + server.socketUrl("db0"));
      host.drop("bindery.aggregate-all.cfg", "union = customers@(label.role=crm)");
      host.drop("bindery.aggregate-pets.cfg", "union = pets");
      for (int round = 0; round < Soak.rounds(50); round++) {
        changeAndKill(host);
        host = PackedHost.start(home);
        isWhatTheFilesSay(host);
      }
    } finally {
      host.close();
    }
  }

  @Test
  void aHostKilledDuringItsFirstStartLeavesNothingInTheWay() throws Exception {
    for (int round = 0; round < Math.max(3, Soak.rounds(50)); round++) {
      home = home.resolveSibling("first" + round);
      PackedHost.killWhileItStarts(home, 100 + random.nextInt(1_500));
      PackedHost.killWhileItStarts(home, 100 + random.nextInt(1_500));
      etc = home.resolve("etc");
      Files.createDirectories(etc);
      Files.writeString(etc.resolve("bindery.bind-one.cfg"), bind(1));
      try (PackedHost host = PackedHost.start(home)) {
        assertThat(BindListing.of(host).binds().keySet()).as(Soak.again()).containsExactly("one");
        await().atMost(LIMIT).until(() -> BindListing.of(host).life("one").equals("up 1"));
      }
    }
  }

  private void changeAndKill(PackedHost host) throws Exception {
    for (int i = random.nextInt(10); i >= 0; i--) {
      change();
    }
    byte[] half = bind(random.nextInt(3)).getBytes(StandardCharsets.UTF_8);
    Path file = file(random.nextInt(KEYS));
    byte[] jarNow = jars.get(random.nextInt(jars.size()));
    boolean jarToo = random.nextBoolean();
    Files.write(file, Arrays.copyOf(half, half.length / 2));
    if (jarToo) {
      Files.write(jar, Arrays.copyOf(jarNow, jarNow.length / 2));
    }
    CompletableFuture<Void> command =
        CompletableFuture.runAsync(() -> write(host, "bindery.bind-default.cfg"));
    LockSupport.parkNanos(random.nextInt(400_000_000));
    host.kill();
    command.join();
    Files.write(file, half);
    if (jarToo) {
      Files.write(jar, jarNow);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      change();
    }
  }

  /** A command of the host that writes a file; how it ends does not matter. */
  private static void write(PackedHost host, String file) {
    try {
      String key = file.replaceAll(".*-|\\.cfg", "");
      host.exec("bind:set", key, "label.at=" + System.nanoTime());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void change() throws IOException {
    Path file = file(random.nextInt(KEYS));
    byte[] content = bind(random.nextInt(3)).getBytes(StandardCharsets.UTF_8);
    switch (random.nextInt(6)) {
      case 0 -> Files.deleteIfExists(file);
      case 1 -> Files.write(file, content);
      case 2 -> put(jar, jars.get(random.nextInt(jars.size())));
      case 3 -> {
        if (random.nextBoolean()) {
          Files.deleteIfExists(jar);
        }
      }
      default -> put(file, content);
    }
  }

  private static void put(Path file, byte[] content) throws IOException {
    Path half = Files.write(file.resolveSibling(".half.tmp"), content);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file(int key) {
    return etc.resolve("bindery.bind-k" + key + ".cfg");
  }

  private String bind(int database) {
    return "url = %s\nlabel.role = crm\npool.maximumPoolSize = 2\n"
        .formatted(server.socketUrl("db" + database));
  }

  private void isWhatTheFilesSay(PackedHost host) throws Exception {
    Map<String, Integer> databases = new TreeMap<>();
    List<String> keys = new ArrayList<>();
    try (Stream<Path> files = Files.list(etc)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        assertThat(name).as("left behind %s", Soak.again()).doesNotContainPattern("-.*\\.tmp$");
        if (name.startsWith("bindery.bind-")) {
          String key = name.replaceAll("^bindery\\.bind-|\\.cfg$", "");
          keys.add(key);
          if (!key.equals("default")) {
            databases.put(key, database(file));
          }
        }
      }
    }
    BindListing listing = BindListing.of(host);
    assertThat(listing.binds().keySet()).as(Soak.again()).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(listing.problems()).as(Soak.again()).isEmpty();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(BindListing.of(host).binds().values())
                    .as(Soak.again())
                    .allMatch(row -> row.state().equals("up") && !row.complains()));
    if (!databases.isEmpty()) {
      assertThat(answer(host, "all").lines().sorted())
          .as(Soak.again())
          .isEqualTo(rows(databases).lines().sorted().toList());
    }
    if (Files.exists(jar)) {
      assertThat(answer(host, "pets")).as(Soak.again()).contains(",v" + version());
    } else {
      PackedHost.Result pets = run(host, "pets");
      assertThat(pets.exit()).as("%s %s", pets, Soak.again()).isEqualTo(1);
    }
  }

  /** The first answer, but for a database that a busy machine keeps from answering in time. */
  private static String answer(PackedHost host, String aggregate) {
    PackedHost.Result result =
        await()
            .alias(aggregate + " " + Soak.again())
            .atMost(LIMIT)
            .until(() -> run(host, aggregate), answer -> !LATE.matcher(answer.err()).find());
    assertThat(result.exit()).as("%s %s", result, Soak.again()).isZero();
    return result.out();
  }

  private static PackedHost.Result run(PackedHost host, String aggregate)
      throws IOException, InterruptedException {
    return host.exec("aggregate:run", aggregate, "--format", "csv");
  }

  private static int database(Path file) throws IOException {
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      values.load(reader);
    }
    return Integer.parseInt(values.getProperty("url").replaceAll(".*/db(\\d)\\?.*", "$1"));
  }

  private static String rows(Map<String, Integer> databases) {
    StringBuilder rows = new StringBuilder(HEAD);
    databases.forEach(
        (key, database) ->
            rows.append(
                "%s,1,Customer 1,of%d@example.com,Chile,2026-01-01T08:00:00\n"
                    .formatted(key, database)));
    return rows.toString();
  }

  private int version() throws IOException {
    byte[] deployed = Files.readAllBytes(jar);
    for (int version = 0; version < jars.size(); version++) {
      if (Arrays.equals(jars.get(version), deployed)) {
        return version;
      }
    }
    throw new AssertionError("an unknown jar in deploy");
  }
}
