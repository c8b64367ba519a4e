package io.bindery.drops;

import static io.bindery.drops.TestHost.drop;
import static io.bindery.drops.testbundle.RunningBundle.startsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.drops.testbundle.RunningBundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleWiring;

/** What becomes of jars in deploy. */
class DeployFolderIT {
  private Path deploy;
  private TestHost host;

  @BeforeEach
  void prepare(@TempDir Path home) {
    deploy = home.resolve("deploy");
    host = TestHost.in(home);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private Bundle bundle(String symbolicName) {
    return host.bundle(symbolicName).orElseThrow();
  }

  @Test
  void aJarIsInstalledStartedUpdatedAndUninstalled() throws IOException {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0"));
    host.start().settle();
    assertThat(host.isActive("a")).isTrue();
    assertThat(host.file("deploy/a.jar").orElseThrow().target()).isEqualTo("a 1.0.0");
    long id = bundle("a").getBundleId();
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.1.0"));
    host.until(() -> bundle("a").getVersion().equals(new Version("1.1.0")) && host.isActive("a"));
    assertThat(bundle("a").getBundleId()).isEqualTo(id);
    Files.delete(deploy.resolve("a.jar"));
    host.until(() -> host.bundle("a").isEmpty());
    host.until(() -> host.file("deploy/a.jar").isEmpty());
  }

  @Test
  void aHalfCopiedNewJarIsTakenWhenItIsWhole() throws IOException {
    host.start().settle();
    byte[] jar = TestJar.bundle("a", "1.0.0").bytes();
    Files.write(deploy.resolve("a.jar"), Arrays.copyOf(jar, jar.length / 2));
    host.until(() -> host.problem("deploy/a.jar").contains("not a complete jar"));
    Files.write(deploy.resolve("a.jar"), jar);
    host.until(() -> host.isActive("a"));
  }

  @Test
  void aHalfCopiedJarOverAnInstalledOneLeavesItRunning() throws IOException {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0"));
    host.start().settle();
    byte[] next = TestJar.bundle("a", "2.0.0").bytes();
    Files.write(deploy.resolve("a.jar"), Arrays.copyOf(next, next.length / 2));
    host.until(() -> host.problem("deploy/a.jar").contains("not a complete jar"));
    assertThat(host.isActive("a")).isTrue();
    assertThat(startsOf("a")).isEqualTo(1);
    assertThat(bundle("a").getResource("io/bindery/drops/testbundle/RunningBundle.class"))
        .isNotNull();
    Files.write(deploy.resolve("a.jar"), next);
    host.until(() -> bundle("a").getVersion().getMajor() == 2 && host.isActive("a"));
  }

  @Test
  void aHalfCopiedJarAtBootLeavesWhatWasInstalledBefore() throws IOException {
    byte[] jar = TestJar.bundle("a", "1.0.0").bytes();
    drop(deploy.resolve("a.jar"), jar);
    host.start().settle();
    host.stop();
    Files.write(deploy.resolve("a.jar"), Arrays.copyOf(jar, jar.length / 2));
    host.start().settle();
    assertThat(host.isActive("a")).isTrue();
  }

  @Test
  void aJarWithADamagedEntryIsNotTaken() {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0"));
    host.start().settle();
    byte[] damaged = TestJar.bundle("a", "2.0.0").padded(100_000).bytes();
    damaged[damaged.length / 2] ^= 1;
    drop(deploy.resolve("a.jar"), damaged);
    host.until(() -> host.problem("deploy/a.jar").contains("not a complete jar"));
    assertThat(bundle("a").getVersion().getMajor()).isEqualTo(1);
    assertThat(startsOf("a")).isEqualTo(1);
  }

  @Test
  void aJarRenamedToItsNextVersionIsAnUpdateOfTheSameBundle() throws IOException {
    drop(deploy.resolve("a-1.0.jar"), TestJar.bundle("a", "1.0.0"));
    host.start().settle();
    boolean quick = false;
    long id = 0;
    for (int minor = 1; !quick && minor < 30; minor++) {
      id = bundle("a").getBundleId();
      byte[] jar = TestJar.bundle("a", "1." + minor + ".0").bytes();
      Path next = Files.write(deploy.resolve("next.tmp"), jar);
      long before = System.nanoTime();
      Files.delete(deploy.resolve("a-1." + (minor - 1) + ".jar"));
      Files.move(next, deploy.resolve("a-1." + minor + ".jar"), StandardCopyOption.ATOMIC_MOVE);
      // a busy machine can hold this writer for longer than the quiet period
      quick = System.nanoTime() - before < TimeUnit.MILLISECONDS.toNanos(100);
      Version wanted = new Version(1, minor, 0);
      host.until(() -> host.bundle("a").filter(a -> a.getVersion().equals(wanted)).isPresent());
    }
    assertThat(quick).as("a change that the machine did not hold up").isTrue();
    assertThat(bundle("a").getBundleId()).isEqualTo(id);
    host.until(() -> host.isActive("a"));
  }

  @Test
  void aJarThatIsOnlyRenamedIsNotStartedAgain() throws IOException {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0"));
    host.start().settle();
    Files.move(deploy.resolve("a.jar"), deploy.resolve("b.jar"));
    host.until(() -> host.file("deploy/b.jar").isPresent());
    assertThat(host.file("deploy/b.jar").orElseThrow().target()).isEqualTo("a 1.0.0");
    assertThat(startsOf("a")).isEqualTo(1);
    Files.delete(deploy.resolve("b.jar"));
    host.until(() -> host.bundle("a").isEmpty());
  }

  @Test
  void ofTwoJarsOfOneNameTheHigherVersionWins() throws IOException {
    drop(deploy.resolve("new.jar"), TestJar.bundle("a", "1.10.0"));
    drop(deploy.resolve("old.jar"), TestJar.bundle("a", "1.9.0"));
    host.start().settle();
    assertThat(bundle("a").getVersion()).isEqualTo(new Version("1.10.0"));
    assertThat(host.problem("deploy/old.jar")).contains("'new.jar'").contains("1.10.0");
    Files.delete(deploy.resolve("new.jar"));
    host.until(() -> bundle("a").getVersion().equals(new Version("1.9.0")));
    host.until(() -> host.problem("deploy/old.jar").isEmpty() && host.isActive("a"));
  }

  @Test
  void ofTwoJarsOfOneVersionTheFirstByNameIsTaken() throws IOException {
    drop(deploy.resolve("one.jar"), TestJar.bundle("a", "1.0.0"));
    drop(deploy.resolve("two.jar"), TestJar.bundle("a", "1.0.0").header("X-Copy", "yes"));
    host.start().settle();
    assertThat(host.file("deploy/one.jar").orElseThrow().target()).isEqualTo("a 1.0.0");
    assertThat(host.problem("deploy/two.jar"))
        .isEqualTo("not taken: 'one.jar' is the same bundle; delete one");
    Files.delete(deploy.resolve("one.jar"));
    host.until(() -> host.problem("deploy/two.jar").isEmpty() && host.isActive("a"));
    assertThat(bundle("a").getHeaders("").get("X-Copy")).isEqualTo("yes");
  }

  @Test
  void aJarThatIsNoBundleIsReported() {
    drop(deploy.resolve("plain.jar"), TestJar.plain());
    drop(deploy.resolve("text.jar"), "not a jar at all");
    drop(deploy.resolve("a.jar.zip"), TestJar.bundle("a", "1.0.0"));
    drop(deploy.resolve("f-x.cfg"), "a = 1");
    host.start().settle();
    assertThat(host.problem("deploy/plain.jar")).startsWith("not an OSGi bundle");
    assertThat(host.problem("deploy/text.jar")).startsWith("not a complete jar");
    assertThat(host.problem("deploy/a.jar.zip")).contains("ends in '.jar'");
    assertThat(host.problem("deploy/f-x.cfg")).contains("etc/");
  }

  @Test
  void aJarDeletedWhileTheHostWasOffIsUninstalledWithoutBeingStarted() throws IOException {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0"));
    drop(deploy.resolve("b.jar"), TestJar.bundle("b", "1.0.0"));
    host.start().settle();
    host.stop();
    Files.delete(deploy.resolve("a.jar"));
    drop(deploy.resolve("b.jar"), TestJar.bundle("b", "2.0.0"));
    host.start().settle();
    assertThat(host.bundle("a")).isEmpty();
    assertThat(startsOf("a")).isEqualTo(1);
    assertThat(bundle("b").getVersion().getMajor()).isEqualTo(2);
    assertThat(startsOf("b")).isEqualTo(2);
  }

  @Test
  void anUnchangedJarIsStartedOnceABoot() {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0"));
    host.start().settle();
    long installed = bundle("a").getLastModified();
    host.stop();
    host.start().settle();
    assertThat(host.isActive("a")).isTrue();
    assertThat(bundle("a").getLastModified()).isEqualTo(installed);
    assertThat(startsOf("a")).isEqualTo(2);
  }

  @Test
  void onlyWhatUsesAnUpdatedBundleIsRestarted() {
    drop(deploy.resolve("lib.jar"), TestJar.bundle("lib", "1.0.0").exports("lib;version=1.0"));
    drop(deploy.resolve("user.jar"), TestJar.bundle("user", "1.0.0").imports("lib"));
    drop(deploy.resolve("other.jar"), TestJar.bundle("other", "1.0.0"));
    host.start().settle();
    drop(deploy.resolve("lib.jar"), TestJar.bundle("lib", "1.1.0").exports("lib;version=1.1"));
    host.until(() -> startsOf("user") == 2);
    host.until(() -> host.isActive("user") && host.isActive("lib"));
    BundleWiring wiring = bundle("user").adapt(BundleWiring.class);
    assertThat(wiring.getRequiredWires("osgi.wiring.package"))
        .anySatisfy(
            wire ->
                assertThat(wire.getCapability().getAttributes())
                    .containsEntry("version", new Version("1.1")));
    assertThat(startsOf("other")).isEqualTo(1);
  }

  @Test
  void aDamagedRecordOfBundlesKeepsNothingFromStarting() throws IOException {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0"));
    drop(deploy.resolve("b.jar"), TestJar.bundle("b", "1.0.0"));
    host.start().settle();
    Path record = bundle("io.bindery.drops").getDataFile("bundles.properties").toPath();
    host.stop();
    Files.writeString(record, "a = word\n");
    host.start().settle();
    assertThat(host.isActive("a") && host.isActive("b")).isTrue();
    host.stop();
    Files.writeString(record, "a = \\u00zz\n");
    host.start().settle();
    assertThat(host.isActive("a") && host.isActive("b")).isTrue();
  }

  @Test
  void aJarThatCouldNotBeCopiedIsTakenAsSoonAsItCan() throws IOException {
    host.start().settle();
    Path copy = bundle("io.bindery.drops").getDataFile("incoming.jar").toPath();
    Path inTheWay = Files.createFile(Files.createDirectories(copy).resolve("file"));
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0"));
    host.until(() -> host.problem("deploy/a.jar").startsWith("cannot be copied"));
    Files.delete(inTheWay);
    host.until(() -> host.isActive("a") && host.problem("deploy/a.jar").isEmpty());
  }

  @Test
  void aBundleThatBlocksHoldsUpNoConfiguration() {
    CountDownLatch gate = new CountDownLatch(1);
    System.getProperties().put(RunningBundle.GATE, gate);
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0").header("X-Blocks", "yes"));
    host.start();
    try {
      host.until(() -> startsOf("a") == 1);
      drop(deploy.resolveSibling("etc").resolve("single.cfg"), "a = 1");
      host.until(() -> "1".equals(host.value("single", "a")));
      assertThat(host.isActive("a") || host.isSettled()).isFalse();
    } finally {
      gate.countDown();
    }
    host.settle();
    assertThat(host.isActive("a")).isTrue();
  }

  @Test
  void bundlesOfOthersAreLeftAlone() throws Exception {
    host.start().settle();
    byte[] jar = TestJar.bundle("a", "1.0.0").bytes();
    Bundle other = host.context().installBundle("test:a", new ByteArrayInputStream(jar));
    other.start();
    drop(deploy.resolve("a.jar"), jar);
    host.until(() -> host.problem("deploy/a.jar").contains("'a 1.0.0' is installed already"));
    Files.delete(deploy.resolve("a.jar"));
    host.until(() -> host.file("deploy/a.jar").isEmpty());
    assertThat(other.getState()).isEqualTo(Bundle.ACTIVE);
  }

  @Test
  void theWatchingBundleItselfIsNotInstalledTwice() throws IOException {
    host.start().settle();
    drop(deploy.resolve("drops.jar"), Files.readAllBytes(Path.of(System.getProperty("drops.jar"))));
    host.until(() -> host.problem("deploy/drops.jar").contains("watches this folder"));
  }

  @Test
  void aBundleThatAnOperatorStoppedStaysStopped() throws BundleException {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0"));
    host.start().settle();
    bundle("a").stop();
    drop(deploy.resolve("b.jar"), TestJar.bundle("b", "1.0.0"));
    host.until(() -> host.isActive("b"));
    assertThat(host.isActive("a")).isFalse();
  }

  @Test
  void aFragmentAttachesToARunningDroppedHost() {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0"));
    host.start().settle();
    drop(deploy.resolve("f.jar"), TestJar.fragment("f", "a"));
    host.until(() -> host.bundle("f").filter(f -> f.getState() == Bundle.RESOLVED).isPresent());
    host.until(() -> host.isActive("a"));
    assertThat(host.problem("deploy/f.jar")).isEmpty();
  }

  @Test
  void aFragmentWithoutAHostSaysSo() {
    drop(deploy.resolve("f.jar"), TestJar.fragment("f", "nobody"));
    host.start().settle();
    assertThat(host.problem("deploy/f.jar")).contains("needs host bundle nobody");
  }
}
