package io.bindery.control.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketPlaceTest {
  private static Path home(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("run"));
    return folder;
  }

  private static Path deepHome(Path folder) throws IOException {
    return home(folder.resolve("a-long-name/".repeat(10)));
  }

  @Test
  void theSocketIsInTheHome(@TempDir Path folder) throws IOException {
    Path home = home(folder);

    assertThat(SocketPlace.claim(home, null)).isEqualTo(home.resolve("run/bindery.sock"));
    assertThat(SocketPlace.find(home)).isEqualTo(home.resolve("run/bindery.sock"));
  }

  @Test
  void aLongPathFallsBackToTheRuntimeFolder(@TempDir Path folder) throws IOException {
    Path home = deepHome(folder);
    Path runtime = Files.createDirectory(folder.resolve("bindery-runtime"));

    Path place = SocketPlace.claim(home, runtime);

    assertThat(place.getParent()).isEqualTo(runtime);
    assertThat(SocketPlace.find(home)).isEqualTo(place);
    Files.createFile(place);
    SocketPlace.release(home);
    assertThat(place).doesNotExist();
    assertThat(runtime).exists();
  }

  @Test
  void aLongPathWithoutRuntimeFolderFallsBackToAPrivateOne(@TempDir Path folder)
      throws IOException {
    Path home = deepHome(folder);

    Path place = SocketPlace.claim(home, null);

    assertThat(Files.getPosixFilePermissions(place.getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(SocketPlace.find(home)).isEqualTo(place);
    SocketPlace.release(home);
    assertThat(place.getParent()).doesNotExist();
    assertThat(home.resolve("run/socket")).doesNotExist();
  }

  @Test
  void anEmptyRecordOfAKilledHostIsNone(@TempDir Path folder) throws IOException {
    Path home = home(folder);
    Files.createFile(home.resolve("run/socket"));

    assertThat(SocketPlace.find(home)).isEqualTo(home.resolve("run/bindery.sock"));
    assertThat(SocketPlace.claim(home, null)).isEqualTo(home.resolve("run/bindery.sock"));
    assertThat(home.resolve("run/socket")).doesNotExist();
  }

  @Test
  void whatAnEarlierHostLeftIsRemoved(@TempDir Path folder) throws IOException {
    Path home = deepHome(folder);
    Path before = SocketPlace.claim(home, null);
    Files.createFile(before);

    Path now = SocketPlace.claim(home, null);

    assertThat(before).doesNotExist();
    assertThat(now).isNotEqualTo(before);
    SocketPlace.release(home);
  }
}
