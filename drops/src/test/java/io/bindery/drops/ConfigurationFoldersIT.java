package io.bindery.drops;

import static io.bindery.drops.TestHost.drop;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of etc and its profiles as folders: missing, swapped, one over the other. */
class ConfigurationFoldersIT {
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

  @Test
  void aFolderMissingAtStartIsMadeAndWatched() throws IOException {
    Files.delete(etc);
    host.start().settle();
    assertThat(etc).isDirectory();
    Files.delete(etc);
    host.until(() -> !host.problem("etc").isEmpty());
    Files.createDirectory(etc);
    drop(etc.resolve("p.cfg"), "a = 1");
    host.until(() -> "1".equals(host.value("p", "a")));
  }

  @Test
  void kubernetesSymlinkSwapsAreSeen() throws IOException {
    Path first = Files.createDirectory(etc.resolve("..2026_1"));
    Files.writeString(first.resolve("p.cfg"), "a = 1\n");
    Files.createSymbolicLink(etc.resolve("..data"), Path.of("..2026_1"));
    Files.createSymbolicLink(etc.resolve("p.cfg"), Path.of("..data/p.cfg"));
    host.start().settle();
    assertThat(host.value("p", "a")).isEqualTo("1");
    Path second = Files.createDirectory(etc.resolve("..2026_2"));
    Files.writeString(second.resolve("p.cfg"), "a = 2\n");
    Files.createSymbolicLink(etc.resolve("..data_tmp"), Path.of("..2026_2"));
    Files.move(etc.resolve("..data_tmp"), etc.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    host.until(() -> "2".equals(host.value("p", "a")));
  }

  @Test
  void aFolderThatIsMissingForAWhileTakesNothingAway() throws IOException {
    drop(etc.resolve("kept.cfg"), "a = 1");
    drop(etc.resolve("dropped.cfg"), "a = 1");
    host.start().settle();
    Files.move(etc, home.resolve("etc.old"));
    host.until(() -> host.problem("etc").startsWith("the folder is missing"));
    assertThat(etc).doesNotExist();
    assertThat(host.value("kept", "a")).isEqualTo("1");
    assertThat(host.value("dropped", "a")).isEqualTo("1");
    drop(home.resolve("etc.new").resolve("kept.cfg"), "a = 2");
    Files.move(home.resolve("etc.new"), etc);
    host.until(() -> "2".equals(host.value("kept", "a")));
    host.until(() -> host.configuration("dropped").isEmpty());
    host.until(() -> host.problem("etc").isEmpty());
  }

  @Test
  void aFolderSwappedByALinkIsFollowed() throws IOException {
    Path one = Files.createDirectories(home.resolve("one"));
    Path two = Files.createDirectories(home.resolve("two"));
    drop(one.resolve("p.cfg"), "a = 1");
    drop(two.resolve("p.cfg"), "a = 2");
    Files.delete(etc);
    Files.createSymbolicLink(etc, one);
    host.start().settle();
    assertThat(host.value("p", "a")).isEqualTo("1");
    Files.createSymbolicLink(home.resolve("next"), two);
    Files.move(home.resolve("next"), etc, StandardCopyOption.ATOMIC_MOVE);
    host.until(() -> "2".equals(host.value("p", "a")));
    drop(two.resolve("q.cfg"), "a = 3");
    host.until(() -> "3".equals(host.value("q", "a")));
  }

  @Test
  void theProfileOverridesTheBaseFileByFile() throws IOException {
    Path profile = Files.createDirectories(etc.resolve("profiles/prod"));
    drop(etc.resolve("f-base.cfg"), "a = base");
    drop(etc.resolve("f-both.cfg"), "a = base");
    drop(etc.resolve("f-hidden.cfg"), "a = base");
    drop(profile.resolve("f-both.cfg"), "a = prod");
    drop(profile.resolve("f-hidden.cfg"), "# not in production");
    drop(etc.resolve("profiles/dev/f-dev.cfg"), "a = dev");
    host.with("bindery.profile", "prod").start().settle();
    assertThat(host.value("f~base", "a")).isEqualTo("base");
    assertThat(host.value("f~both", "a")).isEqualTo("prod");
    assertThat(host.configuration("f~hidden")).isEmpty();
    assertThat(host.configuration("f~dev")).isEmpty();
    Files.delete(profile.resolve("f-both.cfg"));
    host.until(() -> "base".equals(host.value("f~both", "a")));
  }

  @Test
  void aBrokenOverrideNeverLetsTheBaseThrough() {
    drop(etc.resolve("f-x.cfg"), "a = base");
    drop(etc.resolve("profiles/prod/f-x.cfg"), "a = prod", "a = prod");
    host.with("bindery.profile", "prod").start().settle();
    assertThat(host.configuration("f~x")).isEmpty();
    assertThat(host.problem("etc/profiles/prod/f-x.cfg")).contains("line 2");
  }
}
