package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindSetting;
import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import io.bindery.samples.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is impatient with idle connections, and of another character set than Unicode. */
class IdleLimitTest {
  private static MariaDbServer server;

  private final Path folder;
  private BindHost host;

  IdleLimitTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void startServer() {
    server = MariaDbServer.start("--wait-timeout=60", "--character-set-server=latin1");
    server.execute("", "CREATE DATABASE one");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void startHost() throws Exception {
    host = new BindHost(folder);
  }

  @AfterEach
  void stopHost() throws Exception {
    host.close();
    limit(60);
  }

  private static void limit(int seconds) {
    server.execute("", "SET GLOBAL wait_timeout = " + seconds);
  }

  private static String setting(DatabaseBind bind, String name) {
    return bind.settings().stream()
        .filter(setting -> setting.name().equals(name))
        .map(setting -> setting.value() + " by " + setting.origin())
        .findFirst()
        .orElse("");
  }

  @Test
  void case12_connectionsAreRecycledBeforeTheServersLimitAndUtf8mb4IsSet() {
    try (LogLines log = new LogLines()) {
      host.configure("crm", "url", server.url("one"));
      host.awaitState("crm", BindState.UP);
      DatabaseBind bind = host.bind("crm");
      assertThat(setting(bind, "pool.idleTimeout")).isEqualTo("24000 by the server's idle limit");
      assertThat(setting(bind, "pool.maxLifetime")).isEqualTo("54000 by the server's idle limit");
      assertThat(log.text())
          .contains(
              "bind 'crm': its server closes connections that are idle for 60 s: pool.idleTimeout is"
                  + " 24000 and pool.maxLifetime 54000 ms");
      assertThat(ask(bind, "SELECT @@character_set_server")).isEqualTo("latin1");
      assertThat(ask(bind, "SELECT @@character_set_client")).isEqualTo("utf8mb4");
      assertThat(ask(bind, "SELECT @@character_set_connection")).isEqualTo("utf8mb4");
      assertThat(ask(bind, "SELECT '\uD83D\uDC18'")).isEqualTo("\uD83D\uDC18");
    }
  }

  @Test
  void whatIsBelowTheLimitStaysAsItIsWritten() {
    host.configure("crm", "url", server.url("one"), "pool.idleTimeout", "10000");
    host.awaitState("crm", BindState.UP);
    assertThat(setting(host.bind("crm"), "pool.idleTimeout")).isEqualTo("10000 by ConfigAdmin");
    limit(28_800);
    host.configure("shop", "url", server.url("one"));
    host.awaitState("shop", BindState.UP);
    assertThat(host.bind("shop").settings())
        .extracting(BindSetting::origin)
        .doesNotContain("the server's idle limit");
  }

  @Test
  void aLiveChangeOfThePoolKeepsWithinTheLimit() {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    host.configure(
        "crm", "url", server.url("one"), "pool.idleTimeout", "600000", "pool.maxLifetime", "0");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(setting(bind, "pool.maxLifetime"))
                    .isEqualTo("54000 by the server's idle limit"));
    assertThat(setting(bind, "pool.idleTimeout")).isEqualTo("24000 by the server's idle limit");
    assertThat(bind.status().generation()).isEqualTo(1);
  }

  @Test
  void aConnectionThatTheServerHasClosedIsNeverHandedOut() {
    limit(1);
    try (LogLines log = new LogLines()) {
      host.configure("crm", "url", server.url("one"));
      host.awaitState("crm", BindState.UP);
      assertThat(log.text()).contains("sooner than a pool can give them back");
      DatabaseBind bind = host.bind("crm");
      String first = ask(bind, "SELECT CONNECTION_ID()");
      await().atMost(SOON).until(() -> !connections().contains(" " + first + " "));
      assertThat(ask(bind, "SELECT CONNECTION_ID()")).isNotEqualTo(first);
      assertThat(bind.status().state()).isEqualTo(BindState.UP);
    }
  }

  /** HikariCP looks every 30 seconds; here it looks more often. */
  @Test
  void anIdleConnectionIsGivenBackBeforeTheServerClosesIt() throws SQLException {
    limit(46);
    System.setProperty("com.zaxxer.hikari.housekeeping.periodMs", "500");
    try {
      host.configure("crm", "url", server.url("one"));
      host.awaitState("crm", BindState.UP);
      DatabaseBind bind = host.bind("crm");
      assertThat(setting(bind, "pool.idleTimeout")).isEqualTo("11000 by the server's idle limit");
      String first = ask(bind, "SELECT CONNECTION_ID()");
      String cutOff = status("Aborted_clients");
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> !connections().contains(" " + first + " "));
      assertThat(status("Aborted_clients"))
          .as("connections that the server closed")
          .isEqualTo(cutOff);
      assertThat(host.pool("crm").idle()).isZero();

      assertThat(ask(bind, "SELECT CONNECTION_ID()")).isNotEqualTo(first);
      assertThat(bind.status().generation()).isEqualTo(1);
    } finally {
      System.clearProperty("com.zaxxer.hikari.housekeeping.periodMs");
    }
  }

  private static String status(String name) throws SQLException {
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + name + "'")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(2);
    }
  }

  private static String connections() throws SQLException {
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW PROCESSLIST")) {
      StringBuilder ids = new StringBuilder(" ");
      while (rows.next()) {
        ids.append(rows.getLong(1)).append(' ');
      }
      return ids.toString();
    }
  }
}
