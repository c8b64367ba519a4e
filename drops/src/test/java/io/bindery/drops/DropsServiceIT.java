package io.bindery.drops;

import static io.bindery.drops.TestHost.drop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service, by which commands read and write files. */
class DropsServiceIT {
  private Path etc;
  private Path profile;
  private TestHost host;

  @BeforeEach
  void prepare(@TempDir Path home) {
    etc = home.resolve("etc");
    profile = etc.resolve("profiles/prod");
    host = TestHost.in(home);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void aWrittenFileIsPrivateAndTaken() throws IOException {
    host.start().settle();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("url", "mysql://u@h/db?a=1&b=2");
    values.put(".password", " with blanks at both ends ");
    values.put("driver.a:b", "C:\\new\tü\nline");
    Path file = host.drops().write("f", "x", values);
    assertThat(file).isEqualTo(etc.resolve("f-x.cfg"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(host.drops().fileOf("f", "x")).isEqualTo(file);
    assertThat(host.drops().read(file)).containsExactlyEntriesOf(values);
    host.until(() -> host.configuration("f~x").isPresent());
    values.forEach((key, value) -> assertThat(host.value("f~x", key)).isEqualTo(value));
    try (Stream<Path> files = Files.list(etc)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void commentsAndOrderStay() throws IOException {
    drop(
        etc.resolve("f-x.cfg"), "# the CRM", "", "b: 2", "a = 1 \\", "    more", "! kept", "c = 3");
    host.start().settle();
    Map<String, String> values = host.drops().read(etc.resolve("f-x.cfg"));
    values.put("b", "two");
    values.remove("c");
    values.put("d", "4");
    host.drops().write("f", "x", values);
    assertThat(etc.resolve("f-x.cfg"))
        .hasContent("# the CRM\n\nb = two\na = 1 \\\n    more\n! kept\nd = 4\n");
  }

  @Test
  void aProfileIsWrittenToAndHidesWhatItRemoves() throws IOException {
    drop(etc.resolve("f-x.cfg"), "# base", "a = 1");
    drop(etc.resolve("f-y.cfg"), "a = 1");
    host.with("bindery.profile", "prod").start().settle();
    assertThat(host.drops().configurationFolder()).isEqualTo(profile);
    assertThat(host.drops().fileOf("f", "x")).isEqualTo(etc.resolve("f-x.cfg"));
    assertThat(host.drops().write("f", "x", Map.of("a", "2")))
        .isEqualTo(profile.resolve("f-x.cfg"))
        .hasContent("# base\na = 2\n");
    assertThat(etc.resolve("f-x.cfg")).hasContent("# base\na = 1\n");
    host.until(() -> "2".equals(host.value("f~x", "a")));

    assertThat(host.drops().remove("f", "x")).isEqualTo(profile.resolve("f-x.cfg")).isEmptyFile();
    assertThat(host.drops().fileOf("f", "x")).isNull();
    assertThat(host.drops().remove("f", "x")).isNull();
    host.until(() -> host.configuration("f~x").isEmpty());
    assertThat(host.drops().remove("f", "y")).isEqualTo(profile.resolve("f-y.cfg")).isEmptyFile();

    Path own = host.drops().write("f", "own", Map.of("a", "1"));
    assertThat(host.drops().remove("f", "own")).isEqualTo(own).doesNotExist();
  }

  @Test
  void aRemovedFileIsGone() throws IOException {
    drop(etc.resolve("f-x.cfg"), "a = 1");
    host.start().settle();
    assertThat(host.drops().remove("f", "x")).isEqualTo(etc.resolve("f-x.cfg")).doesNotExist();
    assertThat(host.drops().remove("f", "x")).isNull();
    host.until(() -> host.configuration("f~x").isEmpty());
  }

  @Test
  void aFileBehindALinkIsWrittenAndTheLinkStays() throws IOException {
    host.start().settle();
    Path shared = etc.resolveSibling("shared.txt");
    Files.writeString(shared, "# shared\na = 1\n");
    Files.createSymbolicLink(etc.resolve("f-x.cfg"), shared);
    host.drops().write("f", "x", Map.of("a", "2"));
    assertThat(etc.resolve("f-x.cfg")).isSymbolicLink();
    assertThat(shared).hasContent("# shared\na = 2\n");
    host.until(() -> "2".equals(host.value("f~x", "a")));
  }

  @Test
  void whatAKilledHostLeftWhileItWroteIsDeletedAtTheNextStart() throws IOException {
    Path left = etc.resolve("f-x.cfg.0f8fad5b-d9cb-469f-a165-70867728950e.tmp");
    Path foreign = etc.resolve("f-x.cfg.tmp");
    drop(left, ".password = half");
    drop(foreign, "a = 1");
    host.start().settle();
    assertThat(left).doesNotExist();
    assertThat(foreign).exists();
  }

  @Test
  void namesThatLeaveTheFolderAreRefused() {
    host.start().settle();
    for (String name : new String[] {"", "../x", "a/b", "a b", "a~b", "a\nb"}) {
      assertThatThrownBy(() -> host.drops().write("f", name, Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("misnamed");
      assertThatThrownBy(() -> host.drops().remove("f", name))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> host.drops().fileOf("f-g", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> host.drops().read(Path.of("/etc/passwd")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keysThatNoFileCanHoldAreRefusedBeforeAnythingIsWritten() {
    drop(etc.resolve("f-x.cfg"), "a = 1");
    host.start().settle();
    assertThatThrownBy(() -> host.drops().write("f", "x", Map.of("service.pid", "geheim")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'service.pid'")
        .hasMessageNotContaining("geheim");
    assertThat(etc.resolve("f-x.cfg")).hasContent("a = 1\n");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    host.start().settle();
    Files.createDirectories(etc.resolve("f-x.cfg/not-empty"));
    assertThatThrownBy(() -> host.drops().write("f", "x", Map.of("a", "1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("file 'etc/f-x.cfg': cannot be written");
    try (Stream<Path> files = Files.list(etc)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void filesTellWhatTheyBecame() {
    drop(etc.resolve("f-b.cfg"), "a = 1");
    drop(etc.resolve("f-a.cfg"), "a = 1");
    host.start().settle();
    assertThat(host.drops().files())
        .extracting(DroppedFile::path)
        .containsExactly(etc.resolve("f-a.cfg"), etc.resolve("f-b.cfg"));
    assertThat(host.drops().files())
        .extracting(file -> Objects.requireNonNull(file.target()))
        .containsExactly("f~a", "f~b");
  }
}
