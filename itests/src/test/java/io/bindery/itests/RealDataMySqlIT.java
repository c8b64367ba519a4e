package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.testing.MySqlServer;
import io.bindery.testing.PackedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two public databases that nobody here wrote, on two real MySQL servers. */
class RealDataMySqlIT {
  @TempDir private Path folder;

  @Test
  void theThreeAnswersEqualThoseOfOneServerThatHoldsBoth() throws Exception {
    Path data = Path.of(Objects.requireNonNull(System.getProperty("bindery.realdata")));
    try (MySqlServer sakila = MySqlServer.start();
        MySqlServer chinook = MySqlServer.start()) {
      load(sakila, data.resolve("sakila-schema.sql"), data.resolve("sakila-data.sql"));
      load(chinook, data.resolve("chinook.sql"));

      Path home = folder.resolve("home");
      Path etc = Files.createDirectories(home.resolve("etc"));
      try (Stream<Path> examples = Files.list(Path.of("../examples/realdata/etc"))) {
        for (Path example : examples.toList()) {
          Files.copy(example, etc.resolve(example.getFileName()));
        }
      }
      Map<String, String> urls =
          Map.of("SAKILA_URL", sakila.url("sakila"), "CHINOOK_URL", chinook.socketUrl("Chinook"));
      try (PackedHost host = PackedHost.start(home, urls)) {
        for (String name : List.of("customers", "revenue_by_country", "top_customers")) {
          assertThat(host.ask("aggregate:run", name, "--format", "csv"))
              .as(name)
              .isEqualTo(Files.readString(data.resolve("expected/" + name + ".csv")));
        }
      }
    }
  }

  private static void load(MySqlServer server, Path... scripts) throws Exception {
    try (Connection connection = server.connect("")) {
      for (Path script : scripts) {
        SqlScript.run(connection, script);
      }
    }
  }
}
