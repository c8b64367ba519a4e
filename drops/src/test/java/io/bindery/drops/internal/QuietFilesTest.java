package io.bindery.drops.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuietFilesTest {
  private static final Path A = Path.of("a.cfg");
  private static final long NOW = 1_000_000;

  private final QuietFiles files = new QuietFiles(100);

  private static Fingerprint written(long millis) {
    FileTime time = FileTime.fromMillis(millis);
    return new Fingerprint(Fingerprint.Kind.FILE, 1, time, time, "inode");
  }

  @Test
  void aNewFileCountsOnceItStayedTheSameLongEnough() {
    files.observe(Map.of(A, written(NOW)), 0, NOW);
    assertThat(files.settled()).isEmpty();
    assertThat(files.arriving()).containsExactly(A);
    assertThat(files.nanosUntilQuiet(30)).isEqualTo(70);
    files.observe(Map.of(A, written(NOW + 1)), 99, NOW);
    files.observe(Map.of(A, written(NOW + 1)), 198, NOW);
    assertThat(files.settled()).isEmpty();
    files.observe(Map.of(A, written(NOW + 1)), 199, NOW);
    assertThat(files.settled()).containsKey(A);
    assertThat(files.isQuiet()).isTrue();
  }

  @Test
  void aFileLongUntouchedCountsAtOnce() {
    files.observe(Map.of(A, written(NOW - QuietFiles.OLD_MILLIS - 1)), 0, NOW);
    assertThat(files.settled()).containsKey(A);
  }

  @Test
  void aFileMovedHereJustNowIsNotOldHoweverOldItsContent() {
    Fingerprint moved =
        new Fingerprint(
            Fingerprint.Kind.FILE, 1, FileTime.fromMillis(0), FileTime.fromMillis(NOW), "inode");
    files.observe(Map.of(A, moved), 0, NOW);
    assertThat(files.settled()).isEmpty();
  }

  @Test
  void aFileThatIsGoneForAMomentWasNeverGone() {
    Fingerprint old = written(0);
    files.observe(Map.of(A, old), 0, NOW);
    files.observe(Map.of(), 10, NOW);
    files.observe(Map.of(A, old), 200, NOW);
    assertThat(files.settled()).containsEntry(A, old);
    files.observe(Map.of(), 300, NOW);
    files.observe(Map.of(), 399, NOW);
    assertThat(files.settled()).containsKey(A);
    files.observe(Map.of(), 400, NOW);
    assertThat(files.settled()).isEmpty();
    assertThat(files.isQuiet()).isTrue();
  }

  @Test
  void aChangingFileCountsAsItWas() {
    files.observe(Map.of(A, written(0)), 0, NOW);
    files.observe(Map.of(A, written(NOW)), 10, NOW);
    assertThat(files.settled()).containsEntry(A, written(0));
    assertThat(files.arriving()).isEmpty();
    assertThat(files.isQuiet()).isFalse();
  }
}
