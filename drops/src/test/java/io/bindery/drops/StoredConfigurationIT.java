package io.bindery.drops;

import static io.bindery.drops.TestHost.drop;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkEvent;
import org.osgi.service.cm.Configuration;

/** What ConfigAdmin leaves on the disk. */
class StoredConfigurationIT {
  private static final String SECRET = "kEx7-hunter2";

  private Path home;
  private Path etc;
  private TestHost host;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    home = folder;
    etc = home.resolve("etc");
    host = TestHost.in(home);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void aPasswordInAFileIsStoredNowhereElse() throws IOException {
    drop(etc.resolve("f-x.cfg"), ".password = " + SECRET);
    drop(etc.resolve("single.cfg"), ".password = " + SECRET);
    host.start().settle();
    new Deliveries(host, "f");
    drop(etc.resolve("f-x.cfg"), ".password = " + SECRET, "b = 1");
    host.until(() -> host.value("f~x", "b") != null);
    host.stop();
    assertThat(filesHolding(SECRET)).containsExactly("etc/f-x.cfg", "etc/single.cfg");
  }

  @Test
  void aPasswordStaysOffTheDiskWhenAnApiUserUpdatesTheConfiguration() throws IOException {
    drop(etc.resolve("f-x.cfg"), ".password = " + SECRET);
    host.start().settle();
    Configuration configuration = host.configAdmin().getFactoryConfiguration("f", "x", "?");
    Dictionary<String, Object> properties = Objects.requireNonNull(configuration.getProperties());
    properties.put("b", 1);
    configuration.update(properties);
    host.stop();
    assertThat(filesHolding(SECRET)).containsExactly("etc/f-x.cfg");
  }

  @Test
  void aConfigurationMadeThroughTheApiLastsAndIsPrivate() throws IOException {
    host.start().settle();
    Configuration made = host.configAdmin().getFactoryConfiguration("f", "api one", "?");
    made.update(new Hashtable<>(Map.of("a", "1", "port", 3306, "list", new String[] {"x", "y"})));
    host.configAdmin()
        .createFactoryConfiguration("f", null)
        .update(new Hashtable<>(Map.of("a", "2")));
    host.stop();
    host.start().settle();
    assertThat(host.value("f~api one", "port")).isEqualTo(3306);
    assertThat((String[]) host.value("f~api one", "list")).containsExactly("x", "y");
    Deliveries deliveries = new Deliveries(host, "f");
    host.until(() -> deliveries.seen.size() == 2);
    Path stored = home.resolve("data/configurations");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stored)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(stored)) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void aConfigurationDeletedThroughTheApiStaysDeleted() throws IOException {
    host.start().settle();
    Configuration made = host.configAdmin().getConfiguration("single", "?");
    made.update(new Hashtable<>(Map.of("a", "1")));
    made.delete();
    host.stop();
    host.start().settle();
    assertThat(host.configuration("single")).isEmpty();
  }

  @Test
  void aFileTakesTheStoredCopyOfAConfigurationItReplaces() throws IOException {
    host.start().settle();
    host.configAdmin().getConfiguration("single", "?").update(new Hashtable<>(Map.of("a", SECRET)));
    assertThat(filesHolding(SECRET)).hasSize(1);
    drop(etc.resolve("single.cfg"), "a = file");
    host.until(() -> "file".equals(host.value("single", "a")));
    assertThat(filesHolding(SECRET)).isEmpty();
  }

  @Test
  void aDamagedStoredConfigurationHurtsNoOther() throws IOException {
    host.start().settle();
    for (String pid : List.of("one", "two")) {
      host.configAdmin().getConfiguration(pid, "?").update(new Hashtable<>(Map.of("a", pid)));
    }
    host.stop();
    Files.writeString(home.resolve("data/configurations/one.config"), "a=\"unfinished");
    host.start().settle();
    assertThat(host.configuration("one")).isEmpty();
    assertThat(host.value("two", "a")).isEqualTo("two");
  }

  @Test
  void aStrayFileAmongTheStoredOnesKeepsNothingFromStarting() throws IOException {
    Path stored = Files.createDirectories(home.resolve("data/configurations"));
    Files.writeString(stored.resolve("100%.config"), "a=\"1\"");
    drop(etc.resolve("single.cfg"), "a = 1");
    host.start().settle();
    assertThat(host.value("single", "a")).isEqualTo("1");
  }

  @Test
  void withoutTheStoreTheBundleRefusesToStart() {
    Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    host.with("felix.cm.pm", "file")
        .beforeStart(
            context ->
                context.addFrameworkListener(
                    event -> {
                      if (event.getType() == FrameworkEvent.ERROR) {
                        errors.add(event.getThrowable());
                      }
                    }))
        .start();
    host.until(() -> !errors.isEmpty());
    assertThat(errors.element())
        .hasStackTraceContaining("framework property 'felix.cm.pm': must be 'bindery'");
    assertThat(host.isActive("io.bindery.drops")).isFalse();
  }

  private List<String> filesHolding(String text) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> holds(file, text))
          .map(file -> home.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
