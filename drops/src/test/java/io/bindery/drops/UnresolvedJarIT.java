package io.bindery.drops;

import static io.bindery.drops.TestHost.drop;
import static io.bindery.drops.testbundle.RunningBundle.startsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;

/** Bundles that lack something, and start or are taken as soon as it is there. */
class UnresolvedJarIT {
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
  void whatIsMissingIsSaidAndTheBundleStartsWhenItComes() {
    drop(
        deploy.resolve("user.jar"),
        TestJar.bundle("user", "1.0.0").imports("lib;version=\"[1.0,2.0)\""));
    host.start().settle();
    assertThat(host.problem("deploy/user.jar"))
        .startsWith("cannot start: needs package lib [1.0.0,2.0.0)")
        .doesNotContain("\n");
    drop(deploy.resolve("lib.jar"), TestJar.bundle("lib", "1.0.0").exports("lib;version=1.0"));
    host.until(() -> host.isActive("user") && host.problem("deploy/user.jar").isEmpty());
  }

  @Test
  void whatIsMissingIsFollowedToTheLastBundleThatLacksIt() {
    drop(deploy.resolve("user.jar"), TestJar.bundle("user", "1.0.0").imports("lib"));
    drop(deploy.resolve("lib.jar"), TestJar.bundle("lib", "1.0.0").exports("lib").imports("deep"));
    host.start().settle();
    assertThat(host.problem("deploy/user.jar"))
        .isEqualTo(
            "cannot start: needs package lib of 'lib 1.0.0', which needs package deep; no installed"
                + " bundle offers that: drop one that does");
    drop(deploy.resolve("deep.jar"), TestJar.bundle("deep", "1.0.0").exports("deep"));
    host.until(() -> host.isActive("user") && host.isActive("lib"));
  }

  @Test
  void anUpdateThatDoesNotResolveLeavesTheOldVersionRunningUntilItDoes() {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0").exports("a"));
    drop(deploy.resolve("user.jar"), TestJar.bundle("user", "1.0.0").imports("a"));
    host.start().settle();
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "2.0.0").exports("a").imports("lib"));
    host.until(() -> host.problem("deploy/a.jar").startsWith("not taken"));
    assertThat(host.problem("deploy/a.jar"))
        .isEqualTo(
            "not taken: it does not resolve: needs package lib, which no installed bundle offers;"
                + " version 1.0.0 runs on");
    host.until(() -> host.isActive("a") && host.isActive("user"));
    assertThat(bundle("a").getVersion()).isEqualTo(new Version("1.0.0"));
    int starts = startsOf("a");
    drop(deploy.resolveSibling("etc").resolve("later.cfg"), "a = 1");
    host.until(() -> "1".equals(host.value("later", "a")));
    assertThat(startsOf("a")).isEqualTo(starts);
    drop(deploy.resolve("lib.jar"), TestJar.bundle("lib", "1.0.0").exports("lib"));
    host.until(() -> bundle("a").getVersion().getMajor() == 2 && host.isActive("a"));
    host.until(() -> host.problem("deploy/a.jar").isEmpty() && host.isActive("user"));
  }

  @Test
  void aJarThatDoesNotResolveTakesNothingAwayOverARestartEither() {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0"));
    drop(deploy.resolve("b.jar"), TestJar.bundle("b", "1.0.0"));
    host.start().settle();
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "2.0.0").imports("lib"));
    host.until(() -> host.problem("deploy/a.jar").startsWith("not taken"));
    host.until(() -> host.isActive("a"));
    host.stop();
    drop(deploy.resolve("b.jar"), TestJar.bundle("b", "2.0.0").imports("lib"));
    host.start().settle();
    for (String name : List.of("a", "b")) {
      assertThat(host.problem("deploy/" + name + ".jar"))
          .isEqualTo(
              "not taken: it does not resolve: needs package lib, which no installed bundle"
                  + " offers; version 1.0.0 runs on");
      assertThat(host.isActive(name)).isTrue();
      assertThat(bundle(name).getVersion()).isEqualTo(new Version("1.0.0"));
    }
    drop(deploy.resolve("lib.jar"), TestJar.bundle("lib", "1.0.0").exports("lib"));
    host.until(() -> bundle("a").getVersion().getMajor() == 2 && host.isActive("a"));
    host.until(() -> bundle("b").getVersion().getMajor() == 2 && host.isActive("b"));
  }

  @Test
  void updatesThatNeedEachOtherAreTakenTogetherHoweverTheyCome() {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0"));
    drop(deploy.resolve("b.jar"), TestJar.bundle("b", "1.0.0"));
    host.start().settle();
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "2.0.0").exports("a").imports("b"));
    host.until(() -> host.problem("deploy/a.jar").startsWith("not taken"));
    drop(deploy.resolve("b.jar"), TestJar.bundle("b", "2.0.0").exports("b").imports("a"));
    host.until(() -> bundle("a").getVersion().getMajor() == 2 && host.isActive("a"));
    host.until(() -> bundle("b").getVersion().getMajor() == 2 && host.isActive("b"));
  }

  @Test
  void whatIsMissingMayComeFromABundleOfOthers() throws BundleException {
    drop(deploy.resolve("user.jar"), TestJar.bundle("user", "1.0.0").imports("lib"));
    host.start().settle();
    byte[] lib = TestJar.bundle("lib", "1.0.0").exports("lib").bytes();
    host.context().installBundle("test:lib", new ByteArrayInputStream(lib));
    host.until(() -> host.isActive("user"));
  }

  @Test
  void aFailingActivatorIsReportedAndTriedAgainOnlyOnNews() {
    drop(deploy.resolve("a.jar"), TestJar.bundle("a", "1.0.0").header("X-Fails", "yes"));
    host.start().settle();
    assertThat(host.problem("deploy/a.jar"))
        .isEqualTo(
            "cannot start: its activator failed: java.lang.IllegalStateException: no such luck");
    assertThat(startsOf("a")).isEqualTo(1);
    System.setProperty("test.may.start", "true");
    drop(deploy.resolve("b.jar"), TestJar.bundle("b", "1.0.0"));
    host.until(() -> host.isActive("a"));
    assertThat(startsOf("a")).isEqualTo(2);
  }
}
