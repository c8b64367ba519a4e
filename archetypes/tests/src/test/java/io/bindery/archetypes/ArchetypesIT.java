package io.bindery.archetypes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.testing.PackedHost;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer gets from the archetypes. */
class ArchetypesIT {
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void theGeneratedProjectsBuildPassTheirTestsAndServeInARunningHost() throws Exception {
    MavenProject type =
        MavenProject.generate(
            folder,
            "bindery-bind-type-archetype",
            "pebble-type",
            "package=com.example.pebble",
            "scheme=pebble",
            "className=PebbleBindType");
    assertThat(type.verify()).contains("Tests run: 5, Failures: 0, Errors: 0, Skipped: 0");
    MavenProject model =
        MavenProject.generate(
            folder,
            "bindery-model-archetype",
            "stock-model",
            "package=com.example.stock",
            "bindFilter=(label.role=stock)");
    assertThat(model.verify()).contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0");

    try (PackedHost host = PackedHost.start(folder.resolve("home"))) {
      host.drop(
          "bindery.bind-shelf.cfg",
          "url = pebble://localhost/shelf",
          "label.role = stock",
          "pool.connectionInitSql = CREATE TABLE IF NOT EXISTS item (id INT PRIMARY KEY,"
              + " name VARCHAR(40), in_stock INT) AS VALUES (2, 'ink', 3), (1, 'pen', 12)");
      host.drop("bindery.aggregate-stock.cfg", "union = items", "order = id");
      awaitShown(host, "there is no bind type for 'pebble'", "bind:why", "shelf");

      host.deploy("pebble-type.jar", type.jar());
      host.deploy("stock-model.jar", model.jar());

      awaitShown(host, "shelf +pebble +up", "bind:list");
      awaitShown(host, "ItemModel", "model:list");
      assertThat(host.ask("aggregate:run", "stock", "--format", "csv"))
          .isEqualTo("bind_key,id,name,in_stock\nshelf,1,pen,12\nshelf,2,ink,3\n");
      assertThat(host.ask("model:call", "ItemMapper.items", "minimum=10", "--format", "csv"))
          .contains("pen")
          .doesNotContain("ink");
    }
  }

  private static void awaitShown(PackedHost host, String pattern, String... words) {
    await().atMost(LONG).untilAsserted(() -> assertThat(host.ask(words)).containsPattern(pattern));
  }
}
