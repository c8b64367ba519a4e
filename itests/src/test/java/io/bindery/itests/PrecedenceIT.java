package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.testing.PackedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several files a value comes from, and that {@code bind:show} names it. */
class PrecedenceIT {
  private static final String NOWHERE = "mysql://reader@localhost/crm?unix_socket=/no/such/socket";

  private Path home;

  @BeforeEach
  void writeBaseAndProfile(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    write("etc/bindery.defaults.cfg", "pool.maximumPoolSize = 7", "pool.idleTimeout = 60000");
    write("etc/bindery.bind-a.cfg", "url = " + NOWHERE, "pool.maximumPoolSize = 3");
    write("etc/bindery.bind-b.cfg", "url = " + NOWHERE, "label.of = base");
    write("etc/bindery.bind-c.cfg", "url = " + NOWHERE);
    write("etc/profiles/prod/bindery.defaults.cfg", "pool.maximumPoolSize = 9");
    write("etc/profiles/prod/bindery.bind-b.cfg", "url = " + NOWHERE, "label.of = prod");
    write("etc/profiles/prod/bindery.bind-c.cfg", "# not in production");
    write("etc/profiles/prod/bindery.bind-d.cfg", "url = " + NOWHERE);
  }

  private void write(String file, String... lines) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, String.join("\n", lines) + "\n");
  }

  @Test
  void theBindsFileWinsThenTheDefaultsThenWhatIsBuiltIn() throws Exception {
    try (PackedHost host = PackedHost.start(home)) {
      assertThat(BindListing.of(host).binds().keySet()).containsExactly("a", "b", "c");
      assertThat(host.ask("bind:show", "a"))
          .containsPattern("pool.maximumPoolSize +3 +etc/bindery.bind-a.cfg\n")
          .containsPattern("pool.idleTimeout +60000 +etc/bindery.defaults.cfg\n")
          .containsPattern("pool.connectionTimeout +5000 +default\n");
      assertThat(host.ask("bind:show", "b"))
          .containsPattern("pool.maximumPoolSize +7 +etc/bindery.defaults.cfg\n")
          .containsPattern("label.of +base +etc/bindery.bind-b.cfg\n");
      assertThat(host.ask("bind:why", "d"))
          .contains("etc/profiles/prod/bindery.bind-d.cfg  in a profile that is not active")
          .contains("--profile prod");
    }
  }

  @Test
  void aFileOfTheProfileReplacesTheOneOfTheBaseAsAWhole() throws Exception {
    try (PackedHost host = PackedHost.start(home, Map.of(), "--profile", "prod")) {
      assertThat(BindListing.of(host).binds().keySet()).containsExactly("a", "b", "d");
      assertThat(host.ask("bind:show", "a"))
          .containsPattern("pool.maximumPoolSize +3 +etc/bindery.bind-a.cfg\n")
          .containsPattern("pool.idleTimeout +240000 +default\n");
      assertThat(host.ask("bind:show", "b"))
          .containsPattern("pool.maximumPoolSize +9 +etc/profiles/prod/bindery.defaults.cfg\n")
          .containsPattern("label.of +prod +etc/profiles/prod/bindery.bind-b.cfg\n")
          .doesNotContain("etc/bindery.bind-b.cfg");
      assertThat(host.ask("bind:why", "c"))
          .contains("not in force: etc/profiles/prod/bindery.bind-c.cfg overrides it");
    }
  }
}
