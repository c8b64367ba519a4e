package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindState;
import io.bindery.bind.BindTrial;
import io.bindery.bind.BindTrials;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.samples.server.MariaDbServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person is told of a database that is tried, and what JMX shows of a bind. */
class TrialTest {
  private static MariaDbServer server;

  private final Path folder;
  private BindHost host;
  private BindTrials trials;

  TrialTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void startServer() {
    server = MariaDbServer.start();
    server.execute(
        "",
        "CREATE DATABASE one",
        "CREATE USER reader@'%' IDENTIFIED BY 'r-4711'",
        "GRANT SELECT ON one.* TO reader@'%'");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void startHost() throws Exception {
    host = new BindHost(folder);
    trials =
        host.context()
            .getService(
                Objects.requireNonNull(host.context().getServiceReference(BindTrials.class)));
  }

  @AfterEach
  void stopHost() throws Exception {
    host.close();
  }

  @Test
  void aDatabaseThatWorksTellsAllStepsAndFacts() throws Exception {
    Files.writeString(folder.resolve("secrets/reader"), "r-4711");
    String place = "mysql://127.0.0.1:" + server.port() + "/one";
    BindTrial trial =
        trials.ofSettings(Map.of("url", place, "user", "reader", ".password", "$[secret:reader]"));
    assertThat(steps(trial))
        .isEqualTo("settings ok, type ok, connect ok, login ok, database ok, query ok");
    assertThat(trial.passed()).isTrue();
    assertThat(trial.steps().get(2).detail()).isEqualTo(place);
    assertThat(trial.facts())
        .containsEntry("user", "reader@%")
        .containsEntry("access", "the user may only read")
        .containsKey("tls");
    assertThat(trial.facts().get("server")).matches("MariaDB 1[\\d.]+");

    BindTrial root = trials.ofSettings(Map.of("url", server.url("one")));
    assertThat(root.facts()).containsEntry("access", "the user may write");
  }

  @Test
  void eachFailureIsToldAtItsStepWithReasonAndWithoutSecrets() {
    String place = "@127.0.0.1:" + server.port() + "/";
    failsAt("settings", "colour: is not known", Map.of("url", "mysql://h/x", "colour", "red"));
    failsAt("settings", "cannot be resolved", Map.of("url", "mysql://u:$[secret:no]@h/x"));
    failsAt("type", "there is no bind type for 'oracle'", Map.of("url", "oracle://h/x"));
    failsAt("connect", "Connection refused", Map.of("url", "mysql://u:x@127.0.0.1:1/x"));
    failsAt("login", "Access denied", Map.of("url", "mysql://reader:wrong-9fa3" + place + "one"));
    failsAt("database", "Unknown database", Map.of("url", server.url("nosuch")));
    failsAt(
        "query",
        "SELECT command denied",
        Map.of(
            "url",
            "mysql://reader:r-4711" + place + "one",
            "pool.connectionInitSql",
            "SELECT * FROM mysql.user"));
  }

  @Test
  void aBindIsTriedBesideItsPoolWhateverItsState() {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    assertThat(trials.ofBind("crm", Map.of()).passed()).isTrue();
    assertThat(steps(trials.ofBind("crm", Map.of(".password", "wrong-9fa3"))))
        .endsWith("login failed");
    assertThat(host.pool("crm").idle()).isZero();
    assertThat(host.bind("crm").status().rejected()).isNull();
    assertThat(host.bind("crm").suspend().toCompletableFuture()).succeedsWithin(SOON);
    assertThat(trials.ofBind("crm", Map.of()).passed()).isTrue();
    assertThat(host.bind("crm").status().state()).isEqualTo(BindState.SUSPENDED);
    assertThatThrownBy(() -> trials.ofBind("nosuch", Map.of()))
        .isInstanceOf(BinderyException.class)
        .hasMessage("bind 'nosuch': not configured");
  }

  @Test
  void aBindAndItsPoolAreShownInJmxForAsLongAsTheyLive() throws Exception {
    MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("io.bindery:type=Bind,key=crm");
    ObjectName pools = new ObjectName("com.zaxxer.hikari:*");
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    assertThat(ask(bind, "SELECT 1")).isEqualTo("1");
    assertThat(jmx.getAttribute(name, "State")).isEqualTo("up");
    assertThat(jmx.getAttribute(name, "BorrowedConnections")).isEqualTo(1L);
    assertThat(jmx.getAttribute(name, "IdleConnections")).isEqualTo(1);
    assertThat(jmx.getAttribute(name, "Url")).asString().endsWith("/one");
    assertThat(jmx.queryNames(pools, null).toString()).contains("Pool (bindery-crm-1)");
    host.delete("crm");
    await().atMost(SOON).until(() -> !jmx.isRegistered(name));
    await().atMost(SOON).until(() -> jmx.queryNames(pools, null).isEmpty());
  }

  @Test
  void aBindThatComesBackWhileItDrainsHasAPoolOfAnotherName() throws Exception {
    MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    ObjectName pools = new ObjectName("com.zaxxer.hikari:*");
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    try (BindLease lease = host.bind("crm").acquire(SOON);
        Connection running = lease.connection()) {
      host.delete("crm");
      await().atMost(SOON).until(() -> host.services(DatabaseBind.class, "crm").isEmpty());
      host.configure("crm", "url", server.url("one"));
      host.awaitState("crm", BindState.UP);
      assertThat(ask(host.bind("crm"), "SELECT 1")).isEqualTo("1");
      assertThat(jmx.queryNames(pools, null).toString())
          .contains("Pool (bindery-crm-1)", "Pool (bindery-crm-1-2)");
      assertThat(running.isValid(1)).isTrue();
    }
    host.delete("crm");
    await().atMost(SOON).until(() -> jmx.queryNames(pools, null).isEmpty());
  }

  private void failsAt(String step, String reason, Map<String, String> settings) {
    BindTrial trial = trials.ofSettings(settings);
    assertThat(trial.passed()).isFalse();
    BindTrial.Step last = trial.steps().get(trial.steps().size() - 1);
    assertThat(last.name()).isEqualTo(step);
    assertThat(last.detail()).contains(reason);
    assertThat(trial.toString()).doesNotContain("wrong-9fa3", "r-4711");
    assertThat(trial.facts()).isEmpty();
    assertThat(trial.steps().subList(0, trial.steps().size() - 1)).allMatch(BindTrial.Step::passed);
  }

  private static String steps(BindTrial trial) {
    return trial.steps().stream()
        .map(step -> step.name() + (step.passed() ? " ok" : " failed"))
        .collect(Collectors.joining(", "));
  }
}
