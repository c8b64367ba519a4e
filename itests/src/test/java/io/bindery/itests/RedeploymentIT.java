package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.HostJvm;
import io.bindery.testing.PackedHost;
import io.bindery.testing.ShellSession;
import io.bindery.testing.Soak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model bundles and bind types are replaced over and over, and used in between. */
@Tag("long")
class RedeploymentIT {
  /** What the JVM fills once: caches, compiled code, pools. */
  private static final int WARM_UP = 15;

  private static final long MOST_GROWTH_BYTES = 3_000_000;

  @TempDir private Path folder;

  /** What a host and its database hold. */
  private record Footprint(long loaders, long threads, long connections, long bytes) {
    void assertFlat(Footprint before) {
      assertThat(loaders).as("class loaders").isLessThanOrEqualTo(before.loaders + 1);
      assertThat(threads).as("threads").isLessThanOrEqualTo(before.threads + 2);
      assertThat(connections).as("connections").isLessThanOrEqualTo(before.connections + 2);
      assertThat(bytes).as("heap").isLessThanOrEqualTo(before.bytes + MOST_GROWTH_BYTES);
    }
  }

  @Test
  void nothingOfAThousandRedeploymentsStays() throws Exception {
    int rounds = Soak.rounds(1_000);
    try (Redeployed host = new Redeployed("")) {
      host.rounds(WARM_UP);
      Footprint before = host.footprint();
      host.rounds(rounds);
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() -> host.footprint().assertFlat(before));
      Footprint after = host.footprint();
      System.out.println(rounds + " redeployments: " + before + " -> " + after);

      // the bind 'my' and its connections stay
      host.delete("model.jar", "type.jar");
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(
              () -> assertThat(host.footprint().loaders()).isEqualTo(after.loaders() - 2));
    }
  }

  @Test
  void aModelThatLeavesSomethingIsFound() throws Exception {
    try (Redeployed host =
        new Redeployed("Runtime.getRuntime().addShutdownHook(new Thread() {});")) {
      host.rounds(2);
      Footprint before = host.footprint();
      host.rounds(4);
      assertThatThrownBy(() -> host.footprint().assertFlat(before))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("class loaders");
    }
  }

  /** A host with a model for a MySQL and an H2 bind, and H2's bind type. */
  private final class Redeployed implements AutoCloseable {
    private final Path type;
    private final Path model;
    private final MariaDbServer server;
    private final PackedHost host;
    private final ShellSession shell;
    private int version;

    Redeployed(String whenActivated) throws Exception {
      type = TypeBundle.h2(folder);
      model = model(whenActivated);
      server = MariaDbServer.start();
      host = PackedHost.start(folder.resolve("home"));
      shell = new ShellSession(host.home());
      host.drop("bindery.bind-my.cfg", "url = " + server.url(""), "label.role = both");
      host.drop("bindery.bind-mem.cfg", "url = h2://mem/stock", "label.role = both");
      host.drop("bindery.aggregate-things.cfg", "union = things", "expect = my, mem");
      host.deploy("h2.jar", TypeBundle.h2Driver());
      host.deploy("model.jar", model);
      host.deploy("type.jar", type);
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(() -> assertThat(answer()).contains("my,7,x").contains("mem,7,x"));
    }

    private String answer() throws Exception {
      return shell.ask("aggregate:run things name=x --format csv");
    }

    /** Replaces both bundles and asks for an answer that takes both, over and over. */
    void rounds(int count) throws Exception {
      for (int i = 0; i < count; i++) {
        String next = "1.0." + ++version;
        host.deploy("model.jar", TypeBundle.inVersion(next, model, folder));
        host.deploy("type.jar", TypeBundle.inVersion(next, type, folder));
        await()
            .atMost(Duration.ofSeconds(90))
            .pollInterval(Duration.ofMillis(50))
            .untilAsserted(
                () ->
                    assertThat(shell.ask("lb -s demo."))
                        .containsPattern("Active.*demo.things \\(" + next + "\\)")
                        .containsPattern("Active.*demo.h2 \\(" + next + "\\)"));
        assertThat(answer()).contains("my,7,x").contains("mem,7,x");
      }
    }

    void delete(String... jars) throws Exception {
      for (String jar : jars) {
        Files.delete(host.home().resolve("deploy").resolve(jar));
      }
    }

    Footprint footprint() throws Exception {
      HostJvm.Live live = host.jvm().live();
      long threads =
          host.jvm().threads().stream()
              .filter(name -> !name.matches("Attach Listener|C[12] CompilerThread.*"))
              .count();
      return new Footprint(live.bundleLoaders(), threads, connections(), live.bytes());
    }

    private long connections() throws Exception {
      try (Connection connection = server.connect("");
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("SELECT COUNT(*) FROM information_schema.processlist")) {
        rows.next();
        return rows.getLong(1);
      }
    }

    private Path model(String whenActivated) throws Exception {
      return ModelJar.build(
          folder,
          "demo.things",
          "1.0.0",
          Map.of(
              "demo/ThingModel.java",
              """
              package demo;
              @org.osgi.service.component.annotations.Component
              @io.bindery.model.BindFilter("(label.role=both)")
              public final class ThingModel implements io.bindery.model.Model {
                @org.osgi.service.component.annotations.Activate
                public ThingModel() { %s }
                @Override public java.util.List<Class<?>> mappers() {
                  return java.util.List.of(ThingMapper.class);
                }
              }
              """
                  .formatted(whenActivated),
              "demo/Thing.java",
              "package demo; record Thing(int id, String name) {}",
              "demo/ThingMapper.java",
              """
              package demo;
              import org.apache.ibatis.annotations.*;
              interface ThingMapper {
                @io.bindery.model.Source(name = "things", key = "id")
                @Select({"<script>SELECT 7 AS id",
                    "<if test='name != null and name.length() > 0'>, #{name} AS name</if>",
                    "</script>"})
                org.apache.ibatis.cursor.Cursor<Thing> things(@Param("name") String name);
              }
              """));
    }

    @Override
    public void close() throws Exception {
      shell.close();
      host.close();
      server.close();
    }
  }
}
