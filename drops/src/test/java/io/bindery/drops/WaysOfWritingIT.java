package io.bindery.drops;

import static io.bindery.drops.TestHost.drop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;

/** Files as editors, tools and programs write, move and leave them. */
class WaysOfWritingIT {
  private Path home;
  private Path etc;
  private TestHost host;

  @BeforeEach
  void prepare(@TempDir Path folder) throws IOException {
    home = folder;
    etc = Files.createDirectories(home.resolve("etc"));
    host = TestHost.in(home);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private Deliveries deliveriesOf(String name, String content) {
    drop(etc.resolve(name), content);
    host.start().settle();
    return new Deliveries(host, "f");
  }

  @Test
  void anEditorThatMovesTheOldFileAsideMakesOneUpdate() throws IOException {
    Deliveries deliveries = deliveriesOf("f-x.cfg", "a = 1");
    host.until(() -> deliveries.seen.contains("updated f~x 1"));
    Path file = etc.resolve("f-x.cfg");
    List<String> expected = new ArrayList<>(List.of("updated f~x 1"));
    boolean quick = false;
    for (int value = 2; !quick && value < 30; value++) {
      quick = editAsVimDoes(file, value);
      String updated = "updated f~x " + value;
      host.until(() -> deliveries.seen.contains(updated));
      if (quick) {
        expected.add(updated);
        assertThat(deliveries.seen).containsExactlyElementsOf(expected);
      } else {
        expected = new ArrayList<>(deliveries.seen);
      }
    }
    assertThat(quick).as("an edit that the machine did not hold up").isTrue();
  }

  /** Whether it was done within the quiet period, for longer than which a machine can be busy. */
  private boolean editAsVimDoes(Path file, int value) throws IOException {
    // vim tries whether it may write, keeps a swap file, and moves the old file to a backup
    Files.delete(Files.createFile(etc.resolve("4913")));
    Files.createFile(etc.resolve(".f-x.cfg.swp"));
    long before = System.nanoTime();
    Files.move(file, etc.resolve("f-x.cfg~"));
    Files.writeString(file, "a = " + value + "\n");
    boolean quick = System.nanoTime() - before < TimeUnit.MILLISECONDS.toNanos(100);
    Files.delete(etc.resolve("f-x.cfg~"));
    Files.delete(etc.resolve(".f-x.cfg.swp"));
    return quick;
  }

  @Test
  void whatAnEditorKeepsBesideAFileIsNoFile() throws IOException {
    Deliveries deliveries = deliveriesOf("f-x.cfg", "a = 1");
    // emacs: a lock that is a link to nowhere, and an automatic copy
    Files.createSymbolicLink(etc.resolve(".#f-x.cfg"), Path.of("somebody@host.1:2"));
    drop(etc.resolve("#f-x.cfg#"), "a = 2");
    drop(etc.resolve("f-x.cfg~"), "a = 0");
    drop(etc.resolve("f-y.cfg"), "a = 1");
    host.until(() -> deliveries.seen.contains("updated f~y 1"));
    assertThat(host.value("f~x", "a")).isEqualTo("1");
    host.until(() -> host.file("etc/f-y.cfg").isPresent());
    assertThat(host.drops().files()).hasSize(2).allMatch(file -> file.problem() == null);
  }

  @Test
  void aRenamedFileIsAnotherConfiguration() throws IOException {
    Deliveries deliveries = deliveriesOf("f-x.cfg", "a = 1");
    host.until(() -> deliveries.seen.contains("updated f~x 1"));
    Files.move(etc.resolve("f-x.cfg"), etc.resolve("f-y.cfg"), StandardCopyOption.ATOMIC_MOVE);
    host.until(() -> deliveries.seen.contains("updated f~y 1"));
    host.until(() -> deliveries.seen.contains("deleted f~x"));
    assertThat(host.configuration("f~x")).isEmpty();
  }

  @Test
  void aFileOfAForeignFormatBesideOneTakesNothingAwayWhenItGoes() throws IOException {
    Deliveries deliveries = deliveriesOf("f-x.cfg", "a = 1");
    drop(etc.resolve("f-x.config"), "a = \"2\"");
    host.until(() -> !host.problem("etc/f-x.config").isEmpty());
    Files.delete(etc.resolve("f-x.config"));
    host.until(() -> host.file("etc/f-x.config").isEmpty());
    assertThat(host.value("f~x", "a")).isEqualTo("1");
    assertThat(deliveries.seen).containsOnly("updated f~x 1");
  }

  @Test
  void valuesAreTextsWhateverTheyLookLike() {
    drop(etc.resolve("typed.cfg"), "port = I\"3306\"", "list = [\"a\",\"b\"]", "text = \"x\"");
    drop(etc.resolve("xml.cfg"), "<a> = 1");
    host.start().settle();
    assertThat(host.value("typed", "port")).isEqualTo("I\"3306\"");
    assertThat(host.value("typed", "list")).isEqualTo("[\"a\",\"b\"]");
    assertThat(host.value("typed", "text")).isEqualTo("\"x\"");
    assertThat(host.value("xml", "<a>")).isEqualTo("1");
  }

  @Test
  void aFileEditedWhileTheHostWasOffIsDelivered() {
    drop(etc.resolve("f-x.cfg"), "a = 1");
    host.start().settle();
    host.stop();
    drop(etc.resolve("f-x.cfg"), "a = 2");
    host.start().settle();
    assertThat(host.value("f~x", "a")).isEqualTo("2");
  }

  @Test
  void whatIsChangedThroughConfigAdminRewritesNoFile() throws IOException {
    drop(etc.resolve("f-x.cfg"), "# kept", "a   =   ${env:HOME}", ".password = $[secret:x]");
    drop(etc.resolve("f-y.cfg"), "a = 1");
    Map<String, String> before = state();
    host.start().settle();
    Configuration changed = host.configAdmin().getFactoryConfiguration("f", "x", "?");
    changed.update(new Hashtable<>(Map.of("a", 2, Drops.FILE, "etc/f-x.cfg")));
    host.configAdmin().getFactoryConfiguration("f", "y", "?").delete();
    host.configAdmin()
        .getFactoryConfiguration("f", "api", "?")
        .update(new Hashtable<>(Map.of("a", "3")));
    drop(etc.resolve("later.cfg"), "a = 1");
    host.until(() -> "1".equals(host.value("later", "a")));
    assertThat(host.value("f~x", "a")).isEqualTo(2);
    host.stop();
    Files.delete(etc.resolve("later.cfg"));
    assertThat(state()).isEqualTo(before);
    host.start().settle();
    assertThat(host.value("f~x", "a")).isEqualTo("${env:HOME}");
    assertThat(host.value("f~y", "a")).isEqualTo("1");
    assertThat(host.value("f~api", "a")).isEqualTo("3");
  }

  @Test
  void aFolderThatNobodyMayWriteToIsReadAndNamedWhenACommandWrites() throws IOException {
    // not even root can make a file there
    Files.delete(etc);
    Files.createSymbolicLink(etc, Path.of("/sys/kernel"));
    host.start().settle();
    assertThatThrownBy(() -> host.drops().write("f", "x", Map.of("a", "1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("file 'etc/f-x.cfg': cannot be written")
        .hasMessageContaining("make its folder writable");
    assertThat(host.drops().files()).isEmpty();
  }

  /** Content, time and identity of each file. */
  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.list(etc)) {
      for (Path file : files.toList()) {
        state.put(
            file.getFileName().toString(),
            Files.readString(file)
                + Files.getLastModifiedTime(file)
                + Files.getAttribute(file, "unix:ino"));
      }
    }
    return state;
  }
}
