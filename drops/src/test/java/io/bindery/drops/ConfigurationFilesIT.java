package io.bindery.drops;

import static io.bindery.drops.TestHost.drop;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;

/** What becomes of files in etc. */
class ConfigurationFilesIT {
  private static final long QUARTER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

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
  void aFileNamedByAPidIsASingleton() {
    drop(etc.resolve("some.pid.cfg"), "a = 1");
    host.start().settle();
    assertThat(host.value("some.pid", "a")).isEqualTo("1");
    assertThat(host.value("some.pid", "service.factoryPid")).isNull();
    assertThat(host.value("some.pid", Drops.FILE))
        .isEqualTo(etc.resolve("some.pid.cfg").toString());
  }

  @Test
  void theFirstHyphenPartsFactoryAndName() {
    drop(etc.resolve("some.factory-a-b.cfg"), "a = 1");
    host.start().settle();
    assertThat(host.value("some.factory~a-b", "service.factoryPid")).isEqualTo("some.factory");
    assertThat(host.file("etc/some.factory-a-b.cfg").orElseThrow().target())
        .isEqualTo("some.factory~a-b");
  }

  @Test
  void startOrderDoesNotMatter() {
    drop(etc.resolve("some.pid.cfg"), "a = 1");
    host.startDropsFirst().settle();
    assertThat(host.value("some.pid", "a")).isEqualTo("1");
  }

  @Test
  void placeholdersStayAsTheyAre() {
    drop(etc.resolve("p.cfg"), ".password = $[secret:x]", "b = ${env:HOME}", "c = ${p}${p}");
    host.start().settle();
    assertThat(host.value("p", ".password")).isEqualTo("$[secret:x]");
    assertThat(host.value("p", "b")).isEqualTo("${env:HOME}");
    assertThat(host.value("p", "c")).isEqualTo("${p}${p}");
  }

  @Test
  void aRenamedFileArrivesWithinAQuarterOfASecond() {
    host.start().settle();
    drop(etc.resolve("warm.cfg"), "a = 1");
    host.until(() -> "1".equals(host.value("warm", "a")));
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5 || i < 50 && best >= QUARTER_NANOS; i++) {
      String value = String.valueOf(i);
      long start = System.nanoTime();
      drop(etc.resolve("fast.cfg"), "a = " + value);
      host.until(() -> value.equals(host.value("fast", "a")));
      best = Math.min(best, System.nanoTime() - start);
    }
    assertThat(best).isLessThan(QUARTER_NANOS);
  }

  @Test
  void aFileThatIsStillBeingWrittenIsNotTaken() throws IOException {
    host.start().settle();
    Deliveries deliveries = new Deliveries(host, "f");
    Path file = etc.resolve("f-x.cfg");
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(600);
    long before = System.nanoTime();
    int lines = 0;
    int pauses = 0;
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      Files.writeString(
          file, "k" + lines++ + " = v\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      // a busy machine can hold this writer for longer than the quiet period
      pauses += System.nanoTime() - before >= TimeUnit.MILLISECONDS.toNanos(100) ? 1 : 0;
      before = start;
    }
    String last = "k" + (lines - 1);
    host.until(() -> holds(deliveries, last));
    assertThat(deliveries.seen).hasSizeBetween(1, 1 + pauses);
  }

  @Test
  void aDeletedFileDeletesItsConfiguration() throws IOException {
    drop(etc.resolve("f-x.cfg"), "a = 1");
    host.start().settle();
    Deliveries deliveries = new Deliveries(host, "f");
    host.until(() -> deliveries.seen.contains("updated f~x 1"));
    Files.delete(etc.resolve("f-x.cfg"));
    host.until(() -> deliveries.seen.contains("deleted f~x"));
    assertThat(host.configuration("f~x")).isEmpty();
  }

  @Test
  void aFileDeletedWhileTheHostWasOffDeletesItsConfiguration() throws IOException {
    drop(etc.resolve("gone.cfg"), "a = 1");
    drop(etc.resolve("stays.cfg"), "a = 1");
    host.start().settle();
    host.stop();
    Files.delete(etc.resolve("gone.cfg"));
    host.start().settle();
    assertThat(host.configuration("gone")).isEmpty();
    assertThat(host.configuration("stays")).isPresent();
  }

  @Test
  void aFileDeletedAndRecreatedQuicklyIsAnUpdate() throws IOException {
    drop(etc.resolve("f-x.cfg"), "a = 1");
    host.start().settle();
    Deliveries deliveries = new Deliveries(host, "f");
    host.until(() -> deliveries.seen.contains("updated f~x 1"));
    boolean quick = false;
    for (int value = 2; !quick && value < 30; value++) {
      deliveries.seen.clear();
      long before = System.nanoTime();
      Files.delete(etc.resolve("f-x.cfg"));
      drop(etc.resolve("f-x.cfg"), "a = " + value);
      // a busy machine can hold this writer for longer than the quiet period
      quick = System.nanoTime() - before < TimeUnit.MILLISECONDS.toNanos(100);
      String updated = "updated f~x " + value;
      host.until(() -> deliveries.seen.contains(updated));
    }
    assertThat(quick).as("a change that the machine did not hold up").isTrue();
    assertThat(deliveries.seen).doesNotContain("deleted f~x");
  }

  @Test
  void aTouchedFileIsNotDeliveredAgain() throws IOException {
    drop(etc.resolve("f-x.cfg"), "a = 1");
    host.start().settle();
    Deliveries deliveries = new Deliveries(host, "f");
    drop(etc.resolve("f-x.cfg"), "# the same", "a = 1  ");
    drop(etc.resolve("f-y.cfg"), "a = 1");
    host.until(() -> deliveries.seen.contains("updated f~y 1"));
    assertThat(deliveries.seen).containsOnlyOnce("updated f~x 1");
  }

  @Test
  void aChangeThatKeepsSizeAndTimeIsSeen() throws IOException {
    Path file = etc.resolve("p.cfg");
    drop(file, "a = 1");
    host.start().settle();
    var time = Files.getLastModifiedTime(file);
    Files.writeString(file, "a = 2\n");
    Files.setLastModifiedTime(file, time);
    host.until(() -> "2".equals(host.value("p", "a")));
  }

  @Test
  void aDuplicateKeyIsReportedByLineAndCostsNothing() {
    drop(etc.resolve("f-x.cfg"), "a = 1");
    host.start().settle();
    new Deliveries(host, "f");
    drop(etc.resolve("f-x.cfg"), "a = 2", "b = geheim", "A = 3");
    host.until(() -> host.problem("etc/f-x.cfg").startsWith("line"));
    assertThat(host.problem("etc/f-x.cfg"))
        .isEqualTo("line 3: key 'A' again, first in line 1; keep one");
    assertThat(host.value("f~x", "a")).isEqualTo("1");
    drop(etc.resolve("f-x.cfg"), "a = 4");
    host.until(() -> host.problem("etc/f-x.cfg").isEmpty());
    assertThat(host.value("f~x", "a")).isEqualTo("4");
  }

  @Test
  void aFileInAnotherEncodingKeepsTheOldConfiguration() {
    drop(etc.resolve("p.cfg"), "a = ö");
    host.start().settle();
    assertThat(host.value("p", "a")).isEqualTo("ö");
    drop(etc.resolve("p.cfg"), "# one\na = ü\n".getBytes(StandardCharsets.ISO_8859_1));
    host.until(() -> host.problem("etc/p.cfg").contains("line 2 is not UTF-8"));
    assertThat(host.value("p", "a")).isEqualTo("ö");
  }

  @Test
  void anEmptiedFileKeepsTheOldConfiguration() throws IOException {
    drop(etc.resolve("p.cfg"), "a = 1");
    host.start().settle();
    Files.writeString(etc.resolve("p.cfg"), "");
    host.until(() -> host.problem("etc/p.cfg").startsWith("empty"));
    assertThat(host.value("p", "a")).isEqualTo("1");
  }

  @Test
  void aTildeInTheNameIsMisnamed() {
    drop(etc.resolve("bindery.bind~crm.cfg"), "a = 1");
    host.start().settle();
    assertThat(host.problem("etc/bindery.bind~crm.cfg"))
        .startsWith("misnamed")
        .contains("'bindery.bind-crm.cfg'");
    assertThat(host.configuration("bindery.bind~crm")).isEmpty();
  }

  @Test
  void aFactorysPidWithoutANameIsMisnamed() {
    drop(etc.resolve("some.factory.cfg"), "a = 1");
    host.start().settle();
    new Deliveries(host, "some.factory");
    host.until(() -> host.problem("etc/some.factory.cfg").contains("'some.factory-NAME.cfg'"));
  }

  @Test
  void otherFormatsAreReportedAndEditorsFilesAreNot() {
    String reported = "a.conf|a.config|a.cfg.json|a.properties|a.CFG|model.jar|x y.cfg|f-.cfg";
    String ignored = ".a.cfg|a.cfg~|b.cfg.tmp|#a.cfg#|.a.cfg.swp";
    for (String name : (reported + "|" + ignored).split("\\|")) {
      drop(etc.resolve(name), "a = 1");
    }
    host.start().settle();
    assertThat(host.drops().files())
        .extracting(file -> file.path().getFileName().toString())
        .containsExactlyInAnyOrder(reported.split("\\|"));
    assertThat(host.drops().files()).allSatisfy(file -> assertThat(file.problem()).isNotBlank());
  }

  @Test
  void foldersPipesAndDanglingLinksBreakNothing() throws Exception {
    Files.createDirectory(etc.resolve("folder.cfg"));
    Files.createSymbolicLink(etc.resolve("dangling.cfg"), etc.resolve("nowhere"));
    Files.createSymbolicLink(etc.resolve("loop.cfg"), etc.resolve("loop.cfg"));
    assertThat(new ProcessBuilder("mkfifo", etc.resolve("pipe.cfg").toString()).start().waitFor())
        .isZero();
    drop(etc.resolve("good.cfg"), "a = 1");
    host.start().settle();
    assertThat(host.value("good", "a")).isEqualTo("1");
    assertThat(host.problem("etc/folder.cfg")).contains("folder");
    assertThat(host.problem("etc/dangling.cfg")).contains("link to nothing");
    assertThat(host.problem("etc/loop.cfg")).contains("cannot be read");
    assertThat(host.problem("etc/pipe.cfg")).contains("not a regular file");
  }

  @Test
  void namesThatDifferByCaseAreADuplicateWithOneWinner() {
    drop(etc.resolve("F-X.cfg"), "a = upper");
    drop(etc.resolve("f-x.cfg"), "a = lower");
    host.start().settle();
    assertThat(host.value("f~x", "a")).isEqualTo("lower");
    assertThat(host.configuration("F~X")).isEmpty();
    assertThat(host.problem("etc/F-X.cfg")).contains("duplicate").contains("etc/f-x.cfg");
  }

  @Test
  void fiveHundredFilesAtOnceAllArrive() {
    host.start().settle();
    for (int i = 0; i < 500; i++) {
      drop(etc.resolve("f-n" + i + ".cfg"), "a = " + i);
    }
    host.until(() -> host.drops().files().stream().filter(f -> f.target() != null).count() == 500);
    assertThat(host.value("f~n499", "a")).isEqualTo("499");
  }

  @Test
  void configurationsOfOthersAreLeftAlone() throws IOException {
    host.start().settle();
    Configuration other = host.configAdmin().getFactoryConfiguration("f", "api", "?");
    other.update(new Hashtable<>(Map.of("a", "api")));
    drop(etc.resolve("f-file.cfg"), "a = file");
    host.until(() -> "file".equals(host.value("f~file", "a")));
    Files.delete(etc.resolve("f-file.cfg"));
    host.until(() -> host.configuration("f~file").isEmpty());
    assertThat(host.value("f~api", "a")).isEqualTo("api");
    host.stop();
    host.start().settle();
    assertThat(host.value("f~api", "a")).isEqualTo("api");
  }

  @Test
  void aFileWinsOverAConfigurationOfOthersAndSaysSo() throws IOException {
    host.start().settle();
    Configuration other = host.configAdmin().getFactoryConfiguration("f", "x", "elsewhere");
    other.update(new Hashtable<>(Map.of("a", "api")));
    Deliveries deliveries = new Deliveries(host, "f");
    drop(etc.resolve("f-x.cfg"), "a = file");
    host.until(() -> deliveries.seen.contains("updated f~x file"));
    host.until(() -> host.problem("etc/f-x.cfg").contains("through ConfigAdmin"));
    assertThat(host.file("etc/f-x.cfg").orElseThrow().target()).isEqualTo("f~x");
  }

  private static boolean holds(Deliveries deliveries, String key) {
    Dictionary<String, ?> last = deliveries.last.get("f~x");
    return last != null && last.get(key) != null;
  }
}
