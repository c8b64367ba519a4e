package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What binds cost that nobody asks anything. */
class IdleBindsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int MANY = 50;

  /** Of the heap, for one bind; a connection of the driver alone takes more. */
  private static final long BYTES = 60_000;

  @Test
  void fiftyIdleBindsHaveNoThreadNoConnectionAndLittleMemory(@TempDir Path folder)
      throws Exception {
    try (MariaDbServer server = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"))) {
      server.execute("", "CREATE DATABASE db");
      bind(host, "first", server);
      awaitUp(host, 1);
      await()
          .atMost(LIMIT)
          .until(() -> threads(host).stream().noneMatch(name -> name.startsWith("bindery-bind")));
      List<String> before = threads(host);
      long bytes = host.jvm().live().bytes();

      for (int i = 0; i < MANY; i++) {
        bind(host, "idle" + i, server);
      }
      awaitUp(host, MANY + 1);

      await().atMost(LIMIT).untilAsserted(() -> assertThat(threads(host)).isEqualTo(before));
      await().atMost(LIMIT).until(() -> server.connections().isEmpty());
      assertThat((host.jvm().live().bytes() - bytes) / MANY).isLessThan(BYTES);
    }
  }

  private static void bind(PackedHost host, String key, MariaDbServer server) throws Exception {
    host.drop("bindery.bind-" + key + ".cfg", "url = " + server.url("db"));
  }

  private static void awaitUp(PackedHost host, int binds) {
    String total = binds == 1 ? "1 bind" : binds + " binds";
    await()
        .atMost(LIMIT)
        .until(() -> host.ask("bind:list").contains("%s: %d up".formatted(total, binds)));
  }

  /**
   * Those that do not depend on what was done just now, without the numbers of their pools. Of the
   * binds' timer there is one at most.
   */
  private static List<String> threads(PackedHost host) {
    return host.jvm().threads().stream()
        .map(name -> name.replaceAll("-?\\d+$", ""))
        .filter(name -> !name.startsWith("control-") && !name.startsWith("FelixResolver"))
        .filter(name -> !name.contains("Compiler") && !name.equals("Attach Listener"))
        .filter(name -> !name.equals("bindery-bind-timer"))
        .toList();
  }
}
