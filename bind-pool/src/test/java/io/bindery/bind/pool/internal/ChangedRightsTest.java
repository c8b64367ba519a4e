package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.samples.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server takes away from a bind while it is in use, and gives back. */
class ChangedRightsTest {
  /** Who is refused is tried again after one, two and four seconds, with jitter. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static final String PASSWORD = "secret-81c";

  private static MariaDbServer server;

  private final Path folder;
  private BindHost host;
  private DatabaseBind bind;

  ChangedRightsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void startServer() {
    server = MariaDbServer.start("--max-connections=10");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void start() throws Exception {
    server.execute(
        "",
        "CREATE OR REPLACE DATABASE one",
        "CREATE TABLE one.t (id INT)",
        "CREATE OR REPLACE USER app@'%' IDENTIFIED BY '" + PASSWORD + "'",
        "GRANT ALL ON one.* TO app@'%'");
    host = new BindHost(folder);
    bind = up("crm");
    count(bind);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  @Test
  void aFullServerTakesDownOnlyWhoHasNoConnection() throws SQLException {
    List<Connection> others = new ArrayList<>();
    try {
      await().atMost(LIMIT).until(() -> isFull(others));
      host.configure("late", "url", url());
      host.awaitState("late", BindState.DOWN);
      assertThat(host.bind("late").status().reason())
          .endsWith(
              "/one: Too many connections; lower pool.maximumPoolSize of its clients or raise the"
                  + " server's max_connections");
      count(bind);
      assertThat(bind.status().state()).isEqualTo(BindState.UP);
    } finally {
      for (Connection each : others) {
        each.close();
      }
    }
    awaitUp(host.bind("late"));
  }

  @Test
  void aRightOfATableThatIsTakenAwayFailsTheStatementAndNamesTheRemedy() {
    server.execute("", "REVOKE ALL ON one.* FROM app@'%'", "GRANT ALL ON one.t TO app@'%'");
    loseConnections();
    awaitUp(bind);
    server.execute("", "REVOKE SELECT ON one.t FROM app@'%'");
    assertThatThrownBy(() -> count(bind))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY))
        .hasMessageStartingWith("bind 'crm': the test's query failed: SELECT command denied to")
        .hasMessageEndingWith("; GRANT this user the right that the statement needs");
    assertThat(bind.status().state()).isEqualTo(BindState.UP);
    server.execute("", "GRANT SELECT ON one.t TO app@'%'");
    count(bind);
  }

  @Test
  void allRightsThatAreTakenAwayMeetTheNextConnection() {
    server.execute("", "REVOKE ALL ON one.* FROM app@'%'");
    // the server looks at the rights of a database when a connection chooses it
    count(bind);
    loseConnections();
    assertGoesDown(
        "refuses the login: Access denied for user 'app'@'%' to database 'one'; GRANT this user"
            + " rights on the database or correct its name");
    server.execute("", "GRANT ALL ON one.* TO app@'%'");
    awaitUp(bind);
  }

  @Test
  void aDatabaseThatIsDroppedIsMissedByStatementsAndThenByConnections() {
    server.execute("", "DROP DATABASE one");
    assertThatThrownBy(() -> count(bind))
        .hasMessageStartingWith("bind 'crm': the test's query failed: Table 'one.t' doesn't exist")
        .hasMessageEndingWith("; check that the database and the table are there");
    loseConnections();
    assertGoesDown("Unknown database 'one'; create the database or correct its name");
    server.execute("", "CREATE DATABASE one", "CREATE TABLE one.t (id INT)");
    awaitUp(bind);
  }

  @Test
  void anAccountThatIsLockedKeepsItsConnectionsAndGetsNoOther() {
    server.execute("", "ALTER USER app@'%' ACCOUNT LOCK");
    count(bind);
    loseConnections();
    assertGoesDown(
        "refuses the login: Access denied, this account is locked; ALTER USER ... ACCOUNT UNLOCK");
    server.execute("", "ALTER USER app@'%' ACCOUNT UNLOCK");
    awaitUp(bind);
  }

  @Test
  void aPasswordThatExpiresIsToldFromAWrongOne() {
    server.execute("", "ALTER USER app@'%' PASSWORD EXPIRE");
    count(bind);
    loseConnections();
    String remedy = "; set a new password on the server and in .password";
    assertGoesDown(
        "refuses the login: You must SET PASSWORD before executing this statement" + remedy);
    server.execute("", "SET GLOBAL disconnect_on_expired_password = ON");
    try {
      awaitReason("refuses the login: Your password has expired.");
      awaitReason(remedy);
    } finally {
      server.execute("", "SET GLOBAL disconnect_on_expired_password = OFF");
    }
    server.execute("", "ALTER USER app@'%' IDENTIFIED BY '" + PASSWORD + "'");
    awaitUp(bind);
  }

  private void assertGoesDown(String reason) {
    assertThatThrownBy(() -> count(bind)).isInstanceOf(BinderyException.class);
    awaitReason(reason);
    assertThat(bind.status().state()).isEqualTo(BindState.DOWN);
    assertThatThrownBy(() -> count(bind))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessageStartingWith("bind 'crm': down: ")
        .hasMessageContaining(reason);
  }

  private void awaitReason(String reason) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(bind.status().reason()).contains(reason));
  }

  private static void awaitUp(DatabaseBind bind) {
    await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> count(bind));
    assertThat(bind.status().state()).isEqualTo(BindState.UP);
    assertThat(bind.status().generation()).isEqualTo(1);
  }

  private DatabaseBind up(String key) {
    host.configure(key, "url", url());
    host.awaitState(key, BindState.UP);
    return host.bind(key);
  }

  private static void count(DatabaseBind bind) {
    assertThat(ask(bind, "SELECT COUNT(*) FROM t")).isEqualTo("0");
  }

  private static void loseConnections() {
    server.execute("", "KILL CONNECTION USER app");
    await().atMost(LIMIT).until(() -> Sessions.of(server, "one") == 0);
  }

  private static boolean isFull(List<Connection> others) {
    try {
      String url = "jdbc:mysql://127.0.0.1:" + server.port() + "/one";
      others.add(DriverManager.getConnection(url, "app", PASSWORD));
      return false;
    } catch (SQLException e) {
      return e.getErrorCode() == 1040;
    }
  }

  private static String url() {
    return "mysql://app:" + PASSWORD + "@127.0.0.1:" + server.port() + "/one";
  }
}
