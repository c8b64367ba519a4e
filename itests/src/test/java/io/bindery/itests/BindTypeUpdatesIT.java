package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.Distribution;
import io.bindery.testing.PackedHost;
import io.bindery.testing.ShellSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bind types and drivers come, are updated and go in a running host, under load. */
@Tag("long")
class BindTypeUpdatesIT {
  private static final Duration LONG = Duration.ofSeconds(90);

  /** Works for some hundred milliseconds; a processor's, so the more callers, the longer. */
  private static final String H2_SLOW =
      "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1500) a, SYSTEM_RANGE(1, 2000) b";

  private static final String MYSQL_SLOW = "SELECT SLEEP(0.3)";

  @TempDir private Path folder;

  @Test
  void aDriversOwnJarIsAllThatABindNeeds() throws Exception {
    try (PackedHost host = PackedHost.start(folder.resolve("home"));
        ShellSession shell = new ShellSession(host.home())) {
      host.drop("bindery.bind-mem.cfg", "url = jdbc:h2:mem:plain");
      awaitShown(shell, "bind:list", "mem +- +waiting .*there is no bind type for 'h2'");
      host.deploy("h2.jar", TypeBundle.h2Driver());
      awaitShown(shell, "bind:list", "mem +h2 +up");
      assertThat(shell.ask("bind:types"))
          .containsPattern("org.h2.Driver +the driver's jdbc: urls +com.h2database 2");

      host.deploy("callers.jar", TypeBundle.callers(folder));
      CallerGroup plain = CallerGroup.begin(shell, "plain", "mem", 4, 30_000, H2_SLOW);
      long loaders = host.jvm().live().bundleLoaders();
      host.deploy("h2.jar", TypeBundle.inVersion("2.99.0", TypeBundle.h2Driver(), folder));
      awaitShown(shell, "bind:types", "com.h2database 2.99.0");
      awaitShown(shell, "bind:list", "mem +h2 +up");
      plain.awaitCalls();
      awaitLoaders(host, loaders);
      assertThat(plain.failures()).isEqualTo(CallerGroup.NONE);
    }
  }

  @Test
  void aDroppedTypeIsUpdatedUnderLoadAndItsBindsWaitWhileItIsGone() throws Exception {
    try (MariaDbServer server = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"));
        ShellSession shell = new ShellSession(host.home())) {
      Path type = TypeBundle.h2(folder);
      host.deploy("h2.jar", TypeBundle.h2Driver());
      host.deploy("callers.jar", TypeBundle.callers(folder));
      host.drop("bindery.bind-my.cfg", "url = " + server.url(""));
      host.drop("bindery.bind-mem.cfg", "url = h2://mem/stock");
      awaitShown(shell, "bind:list", "mem +- +waiting .*there is no bind type for 'h2'");
      awaitShown(shell, "bind:list", "my +mysql +up");

      host.deploy("h2-type.jar", type);
      awaitShown(shell, "bind:list", "mem +h2 +up");
      CallerGroup others = CallerGroup.begin(shell, "others", "my", 4, 10, MYSQL_SLOW);
      CallerGroup patient = CallerGroup.begin(shell, "patient", "mem", 4, 30_000, H2_SLOW);
      CallerGroup hasty = CallerGroup.begin(shell, "hasty", "mem", 4, 0, H2_SLOW);
      for (int version = 1; version <= 3; version++) {
        String wanted = "1." + version + ".0";
        host.deploy("h2-type.jar", TypeBundle.inVersion(wanted, type, folder));
        awaitShown(shell, "bind:types", "h2 +h2 +demo.h2 " + wanted);
        awaitShown(shell, "bind:list", "mem +h2 +up");
        patient.awaitCalls();
        hasty.awaitCalls();
      }
      assertThat(patient.failures()).isEqualTo(CallerGroup.NONE);
      assertThat(hasty.failures()).endsWith(" 0 failures, first null");

      Files.delete(host.home().resolve("deploy/h2-type.jar"));
      awaitShown(shell, "bind:list", "mem +h2 +waiting .*there is no bind type for 'h2'");
      assertThat(shell.ask("bind:why mem")).contains("there is no bind type for 'h2'");
      host.deploy("h2-type.jar", type);
      awaitShown(shell, "bind:list", "mem +h2 +up");
      patient.awaitCalls();
      assertThat(patient.failures()).isEqualTo(CallerGroup.NONE);
      assertThat(others.failures()).isEqualTo(CallerGroup.NONE);
    }
  }

  @Test
  void mysqlsTypeAndItsDriverAreReplacedUnderLoadAndTheDistributionsComeBack() throws Exception {
    try (MariaDbServer server = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"));
        ShellSession shell = new ShellSession(host.home())) {
      host.deploy("h2.jar", TypeBundle.h2Driver());
      host.deploy("callers.jar", TypeBundle.callers(folder));
      host.drop("bindery.bind-my.cfg", "url = " + server.url(""));
      host.drop("bindery.bind-socket.cfg", "url = " + server.socketUrl(""));
      host.drop("bindery.bind-mem.cfg", "url = jdbc:h2:mem:others");
      for (String key : new String[] {"my +mysql", "socket +mysql", "mem +h2"}) {
        awaitShown(shell, "bind:list", key + " +up");
      }
      CallerGroup others = CallerGroup.begin(shell, "others", "mem", 4, 10, H2_SLOW);
      CallerGroup patient = CallerGroup.begin(shell, "patient", "my", 4, 30_000, MYSQL_SLOW);
      CallerGroup sockets = CallerGroup.begin(shell, "sockets", "socket", 2, 30_000, MYSQL_SLOW);
      CallerGroup hasty = CallerGroup.begin(shell, "hasty", "my", 4, 0, MYSQL_SLOW);

      long loaders = host.jvm().live().bundleLoaders();
      replace(host, shell, "io.bindery.bind-mysql", patient, sockets, hasty);
      awaitLoaders(host, loaders);
      replace(host, shell, "com.mysql.cj", patient, sockets, hasty);
      awaitLoaders(host, loaders);

      for (CallerGroup group : List.of(patient, sockets, others)) {
        assertThat(group.failures()).isEqualTo(CallerGroup.NONE);
      }
      assertThat(hasty.failures()).endsWith(" 0 failures, first null");
    }
  }

  /** Drops a higher version of a bundle of the distribution, and deletes it again. */
  private void replace(PackedHost host, ShellSession shell, String name, CallerGroup... users)
      throws Exception {
    String own = version(shell, name);
    Path jar = jarOf(name);
    host.deploy("newer.jar", TypeBundle.inVersion("99.0.0", jar, folder));
    awaitRunning(shell, name, "99.0.0", users);
    Files.delete(host.home().resolve("deploy/newer.jar"));
    awaitRunning(shell, name, own, users);
  }

  private static void awaitRunning(
      ShellSession shell, String name, String version, CallerGroup... users) {
    await().atMost(LONG).untilAsserted(() -> assertThat(version(shell, name)).isEqualTo(version));
    awaitShown(shell, "bind:list", "my +mysql +up");
    awaitShown(shell, "bind:list", "socket +mysql +up");
    for (CallerGroup group : users) {
      group.awaitCalls();
    }
  }

  private static Path jarOf(String symbolicName) throws IOException {
    for (Path jar : Distribution.jars()) {
      try (java.util.jar.JarFile file = new java.util.jar.JarFile(jar.toFile())) {
        if (symbolicName.equals(
            file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"))) {
          return jar;
        }
      }
    }
    throw new AssertionError("no bundle '" + symbolicName + "' in the distribution");
  }

  /** The version of an active bundle. */
  private static String version(ShellSession shell, String name) throws Exception {
    String listed = shell.ask("lb -s " + name);
    Matcher line =
        Pattern.compile("Active.*\\|" + Pattern.quote(name) + " \\((.*?)\\)").matcher(listed);
    return line.find() ? line.group(1).replaceAll("\\|.*", "") : listed;
  }

  /** Nothing of what was replaced is left. */
  private static void awaitLoaders(PackedHost host, long wanted) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> assertThat(host.jvm().live().bundleLoaders()).isLessThanOrEqualTo(wanted));
  }

  private static void awaitShown(ShellSession shell, String line, String pattern) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(shell.ask(line)).containsPattern("(?m)" + pattern));
  }
}
