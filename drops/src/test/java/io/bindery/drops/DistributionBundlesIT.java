package io.bindery.drops;

import static io.bindery.drops.TestHost.drop;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Dropped jars of the same names as bundles of the distribution. */
class DistributionBundlesIT {
  private static final String LOCATION = "bindery:part.jar";

  private Path deploy;
  private Path part;
  private TestHost host;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    deploy = folder.resolve("home/deploy");
    part = folder.resolve("distribution/bundles/part.jar");
    drop(part, TestJar.bundle("part", "1.0.0"));
    host =
        TestHost.in(folder.resolve("home"))
            .with("bindery.distribution", folder.resolve("distribution").toString())
            .beforeStart(this::install);
  }

  private void install(BundleContext context) {
    try {
      if (context.getBundle(LOCATION) == null) {
        byte[] content = Files.readAllBytes(part);
        context.installBundle(LOCATION, new ByteArrayInputStream(content)).start();
      }
    } catch (IOException | BundleException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    host.close();
  }

  private void untilPartIs(String version) {
    host.until(() -> version().equals(version) && host.isActive("part"));
  }

  private String version() {
    return host.bundle("part").orElseThrow().getVersion().toString();
  }

  @Test
  void aJarStandsInForABundleOfTheDistributionUntilItIsDeleted() throws IOException {
    host.start().settle();
    long id = host.bundle("part").orElseThrow().getBundleId();
    drop(deploy.resolve("part-2.jar"), TestJar.bundle("part", "2.0.0"));
    untilPartIs("2.0.0");
    host.until(() -> host.file("deploy/part-2.jar").isPresent());
    assertThat(host.file("deploy/part-2.jar").orElseThrow().target()).isEqualTo("part 2.0.0");
    drop(deploy.resolve("part-2.jar"), TestJar.bundle("part", "2.1.0"));
    untilPartIs("2.1.0");
    Files.delete(deploy.resolve("part-2.jar"));
    untilPartIs("1.0.0");
    assertThat(host.bundle("part").orElseThrow().getBundleId()).isEqualTo(id);
    assertThat(Arrays.stream(host.context().getBundles()).map(Bundle::getSymbolicName))
        .containsOnlyOnce("part");
  }

  @Test
  void itStandsInOverARestartAndOneDeletedWhileTheHostWasOffIsGone() throws IOException {
    drop(deploy.resolve("part-2.jar"), TestJar.bundle("part", "2.0.0"));
    host.start().settle();
    untilPartIs("2.0.0");
    host.stop();
    host.start().settle();
    assertThat(version()).isEqualTo("2.0.0");
    host.stop();
    Files.delete(deploy.resolve("part-2.jar"));
    host.start().settle();
    untilPartIs("1.0.0");
  }

  @Test
  void anUpgradedDistributionWinsOverALowerJarAndGivesWayToAHigherOne() {
    drop(deploy.resolve("part-2.jar"), TestJar.bundle("part", "2.0.0"));
    host.start().settle();
    untilPartIs("2.0.0");
    host.stop();
    drop(part, TestJar.bundle("part", "3.0.0"));
    host.beforeStart(
        context -> {
          try {
            context.getBundle(LOCATION).update(new ByteArrayInputStream(Files.readAllBytes(part)));
          } catch (IOException | BundleException e) {
            throw new AssertionError(e);
          }
        });
    host.start().settle();
    host.until(
        () ->
            host.problem("deploy/part-2.jar")
                .equals(
                    "not taken: the distribution has the higher version 3.0.0; delete the jar"));
    assertThat(version()).isEqualTo("3.0.0");
    assertThat(host.isActive("part")).isTrue();
    drop(deploy.resolve("part-2.jar"), TestJar.bundle("part", "4.0.0"));
    untilPartIs("4.0.0");
  }

  @Test
  void aJarThatDoesNotResolveLeavesTheDistributionsRunning() throws IOException {
    host.start().settle();
    drop(deploy.resolve("part.jar"), TestJar.bundle("part", "2.0.0").imports("no.such.thing"));
    host.until(() -> host.problem("deploy/part.jar").contains("no.such.thing"));
    assertThat(host.problem("deploy/part.jar")).contains("version 1.0.0 runs on");
    untilPartIs("1.0.0");
    Files.delete(deploy.resolve("part.jar"));
    host.until(() -> host.file("deploy/part.jar").isEmpty());
    untilPartIs("1.0.0");
  }

  @Test
  void theSameJarAndOneOfTheHostItselfAreRefused() throws IOException {
    host.start().settle();
    drop(deploy.resolve("part.jar"), Files.readAllBytes(part));
    host.until(() -> host.problem("deploy/part.jar").contains("the distribution has the same"));

    host.bundle("part").orElseThrow().adapt(BundleStartLevel.class).setStartLevel(2);
    drop(deploy.resolve("part.jar"), TestJar.bundle("part", "2.0.0"));
    host.until(() -> host.problem("deploy/part.jar").contains("'part' is part of the host"));
    assertThat(version()).isEqualTo("1.0.0");
  }
}
