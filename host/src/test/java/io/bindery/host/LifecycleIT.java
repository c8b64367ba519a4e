package io.bindery.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleIT {
  private final Path folder;

  LifecycleIT(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path home() {
    return folder.resolve("a home");
  }

  @Test
  void withoutAHostEachClientSaysSo() throws Exception {
    for (String[] words : new String[][] {{"exec", "lb"}, {"status"}, {"stop"}, {"shell"}}) {
      PackedHost.Ended ended = PackedHost.bindery(home(), words);

      assertThat(ended.err())
          .isEqualTo(
              "bindery: no host runs in %s (start one with: bindery --home '%s' run)%n"
                  .formatted(home(), home()));
      assertThat(ended.code()).isEqualTo(3);
      assertThat(home()).doesNotExist();
    }
  }

  @Test
  void whatIsTypedWronglyIsUsage() throws Exception {
    PackedHost.Ended ended = PackedHost.bindery(home(), "rnu");

    assertThat(ended.err()).startsWith("bindery: unknown command 'rnu'");
    assertThat(ended.code()).isEqualTo(2);
  }

  @Test
  void aNewHomeIsMadeAndFilledAndThenLeftAlone() throws Exception {
    try (PackedHost host = PackedHost.start(home())) {
      assertThat(home().resolve("etc/bindery.defaults.cfg")).exists();
      assertThat(home().resolve("deploy/crm-model.jar")).exists();
      for (Path own : new Path[] {home(), home().resolve("run")}) {
        assertThat(Files.getPosixFilePermissions(own))
            .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      }
      host.terminate();
    }
    Files.delete(home().resolve("deploy/crm-model.jar"));

    try (PackedHost host = PackedHost.start(home())) {
      assertThat(home().resolve("deploy/crm-model.jar")).doesNotExist();
      assertThat(host.exec("lb").out()).doesNotContain("crm-model");
    }
  }

  @Test
  void aHomeThatCannotBeMadeIsNamed() throws Exception {
    Files.createFile(home());

    PackedHost.Ended ended = PackedHost.bindery(home(), "run");

    assertThat(ended.err()).startsWith("bindery: cannot make the home '" + home() + "'");
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void aSecondHostIsRefusedWithThePidOfTheFirst() throws Exception {
    try (PackedHost host = PackedHost.start(home())) {
      PackedHost.Ended second = PackedHost.bindery(home(), "run");

      assertThat(second.err()).contains("a host with pid " + host.pid() + " runs in " + home());
      assertThat(second.code()).isEqualTo(1);
      assertThat(host.exec("echo alive").out()).isEqualTo("alive\n");
    }
  }

  @Test
  void aTerminatedHostStopsInOrder() throws Exception {
    try (PackedHost host = PackedHost.start(home())) {
      PackedHost.Ended ended = host.terminate();

      assertThat(ended.code()).isZero();
      assertThat(ended.err()).isEmpty();
      assertThat(home().resolve("run/bindery.sock")).doesNotExist();
      assertThat(home().resolve("log/bindery.0.log")).content().contains("ready in", "stopped");
    }
  }

  @Test
  void aCommandThatRunsMayEndBeforeTheHostDoes() throws Exception {
    try (PackedHost host = PackedHost.start(home())) {
      Process exec = host.spawn("head", "-n", "1");
      var in = exec.outputWriter(StandardCharsets.UTF_8);
      in.write("one\n");
      in.flush();
      var out = exec.inputReader(StandardCharsets.UTF_8);
      assertThat(out.readLine()).isEqualTo("one");

      Process stop = new ProcessBuilder("kill", Long.toString(host.pid())).inheritIO().start();
      assertThat(stop.waitFor()).isZero();
      in.close();

      assertThat(exec.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(exec.exitValue()).isZero();
      assertThat(host.awaitEnd().code()).isZero();
    }
  }

  @Test
  void stopEndsTheHostAndWaitsForIt() throws Exception {
    try (PackedHost host = PackedHost.start(home(), "--profile", "test")) {
      PackedHost.Ended status = PackedHost.bindery(home(), "status");
      assertThat(status.out())
          .contains(
              "state    ready", "pid      " + host.pid(), "profile  test", "home     " + home());

      assertThat(PackedHost.bindery(home(), "stop").code()).isZero();

      assertThat(ProcessHandle.of(host.pid()).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(host.awaitEnd().code()).isZero();
    }
  }

  @Test
  void whatAKilledHostLeftDoesNotHinderTheNext() throws Exception {
    try (PackedHost host = PackedHost.start(home())) {
      host.kill();
    }
    assertThat(home().resolve("run/bindery.sock")).exists();
    assertThat(PackedHost.bindery(home(), "status").code()).isEqualTo(3);

    try (PackedHost host = PackedHost.start(home())) {
      assertThat(host.exec("echo alive").out()).isEqualTo("alive\n");
    }
  }

  @Test
  void aHomeWithALongPathIsServed() throws Exception {
    Path deep = folder.resolve("a-long-name/".repeat(12));
    try (PackedHost host = PackedHost.start(deep)) {
      assertThat(host.exec("echo alive").out()).isEqualTo("alive\n");
      Path place = Path.of(Files.readString(deep.resolve("run/socket")).strip());
      host.terminate();
      assertThat(place.getParent()).doesNotExist();
    }
  }

  @Test
  void theDistributionIsNeverWrittenToAndMayLieAnywhere() throws Exception {
    Path moved = folder.resolve("moved to/here");
    copy(PackedHost.distribution(), moved);
    protect(moved, "r-xr-xr-x");
    Map<Path, FileTime> before = times(moved);
    try (PackedHost host = PackedHost.start(moved, home())) {
      assertThat(host.exec("echo alive").out()).isEqualTo("alive\n");
      host.terminate();
      assertThat(times(moved)).isEqualTo(before);
    } finally {
      protect(moved, "rwxr-xr-x");
    }
  }

  @Test
  void anUpgradeChangesWhatChangedAndRemovesWhatLeft() throws Exception {
    Path own = folder.resolve("distribution");
    copy(PackedHost.distribution(), own);
    Path list = own.resolve("bundles/start-order");
    String before = Files.readString(list);
    writeBundle(own.resolve("bundles/probe.jar"), "1.0.0");
    try (PackedHost host = PackedHost.start(own, home())) {
      assertThat(host.exec("lb").out()).as("a jar that is not listed").doesNotContain("probe");
      host.terminate();
    }
    Files.writeString(list, before + "4 probe.jar\n");
    try (PackedHost host = PackedHost.start(own, home())) {
      assertThat(host.exec("lb -s | grep probe").out()).contains("Active", "1.0.0");
      host.terminate();
    }
    writeBundle(own.resolve("bundles/probe.jar"), "2.0.0");
    try (PackedHost host = PackedHost.start(own, home())) {
      assertThat(host.exec("lb -s | grep probe").out()).contains("Active", "2.0.0");
      host.terminate();
    }
    Files.writeString(list, before);
    try (PackedHost host = PackedHost.start(own, home())) {
      assertThat(host.exec("lb").out()).contains("HikariCP").doesNotContain("probe");
    }
  }

  @Test
  void aBundleThatDoesNotResolveIsToldAndTheRestRuns() throws Exception {
    Path own = folder.resolve("distribution");
    copy(PackedHost.distribution(), own);
    Path list = own.resolve("bundles/start-order");
    Files.writeString(list, Files.readString(list) + "5 probe.jar\n5 gone.jar\n");
    writeBundle(own.resolve("bundles/probe.jar"), "1.0.0", "missing.api");

    try (PackedHost host = PackedHost.start(own, home())) {
      assertThat(host.exec("echo alive").out()).isEqualTo("alive\n");
      assertThat(host.terminate().err().lines().filter(line -> line.contains(" ERROR ")))
          .hasSize(2)
          .anyMatch(line -> line.contains("bundle 'probe'") && line.contains("missing.api"))
          .anyMatch(line -> line.contains("gone.jar: there is no such file"));
    }
  }

  private static void writeBundle(Path jar, String version) throws IOException {
    writeBundle(jar, version, "org.osgi.framework");
  }

  private static void writeBundle(Path jar, String version, String imported) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", "probe");
    attributes.putValue("Bundle-Version", version);
    attributes.putValue("Import-Package", imported);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static void protect(Path tree, String permissions) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      }
    }
  }

  private static Map<Path, FileTime> times(Path tree) throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }
}
