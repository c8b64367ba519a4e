package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import io.bindery.samples.server.MariaDbServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of connections, and of work on them, when a login changes. */
@ExtendWith(ServerAndHost.class)
class CredentialRotationTest {
  private static final String ID = "SELECT CONNECTION_ID()";

  private final MariaDbServer server;
  private final BindHost host;

  CredentialRotationTest(MariaDbServer server, BindHost host) {
    this.server = server;
    this.host = host;
  }

  @BeforeEach
  void makeUser() {
    server.execute(
        "",
        "CREATE OR REPLACE USER rota@'%' IDENTIFIED BY 'first-1'",
        "GRANT ALL ON one.* TO rota@'%'");
  }

  @Test
  void aNewPasswordKeepsTheConnectionsThatWork() {
    login("rota", "first-1");
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    String before = ask(bind, ID);
    changePassword("second-2");
    login("rota", "second-2");
    host.awaitGeneration("crm", 2);
    assertThat(ask(bind, ID)).isEqualTo(before);
    assertThat(host.pool("crm").idle()).isEqualTo(1);
  }

  @Test
  void recordsHoldNeitherTheNewPasswordNorTheOneBefore() {
    login("rota", "first-1");
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    changePassword("second-2");
    login("rota", "second-2");
    host.awaitGeneration("crm", 2);
    bind.statements().start(1, SOON, true);
    assertThat(ask(bind, "SELECT 'first-1 second-2'")).isEqualTo("first-1 second-2");
    assertThat(bind.statements().records().get(0).sql())
        .isEqualTo("SELECT '[REDACTED] [REDACTED]'");
  }

  @Test
  void workInFlightGoesOnPastTheDrainTimeoutAndFurtherConnectionsUseTheNewPassword()
      throws SQLException {
    login("rota", "first-1", "drain.timeout", 0);
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    try (BindLease lease = bind.acquire(SOON);
        Connection connection = lease.connection()) {
      String id = one(connection, ID);
      connection.setAutoCommit(false);
      one(connection, "SELECT @mine := 42");
      changePassword("second-2");
      login("rota", "second-2", "drain.timeout", 0);
      host.awaitGeneration("crm", 2);
      assertThat(one(connection, "SELECT SLEEP(1)")).isEqualTo("0");
      assertThat(one(connection, "SELECT @mine")).isEqualTo("42");
      assertThat(lease.generation()).isEqualTo(1);
      try (Connection further = lease.connection()) {
        assertThat(one(further, ID)).isNotEqualTo(id);
      }
      connection.rollback();
    }
    try (BindLease lease = bind.acquire(SOON)) {
      assertThat(lease.generation()).isEqualTo(2);
    }
  }

  @Test
  void aWrongNewPasswordIsRejectedAndTheOldOneServes() {
    login("rota", "first-1");
    host.awaitState("crm", BindState.UP);
    String before = ask(host.bind("crm"), ID);
    login("rota", "wrong-9");
    assertThat(host.awaitRejection("crm"))
        .contains("refuses the login: Access denied for user 'rota'@")
        .doesNotContain("wrong-9");
    assertThat(host.bind("crm").status().generation()).isEqualTo(1);
    assertThat(ask(host.bind("crm"), ID)).isEqualTo(before);
  }

  @Test
  void aPasswordThatIsConfiguredBeforeItIsValidIsTakenWhenTheOldOneCeasesToWork()
      throws SQLException {
    login("rota", "first-1");
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    login("rota", "second-2");
    host.awaitRejection("crm");
    try (BindLease lease = bind.acquire(SOON);
        Connection working = lease.connection()) {
      changePassword("second-2");
      try (Connection further = lease.connection()) {
        assertThat(one(further, ID)).isNotEqualTo(one(working, ID));
      }
    }
    host.awaitGeneration("crm", 2);
    assertThat(host.property("crm", DatabaseBind.REJECTED)).isNull();
    assertThat(bind.status().state()).isEqualTo(BindState.UP);
  }

  @Test
  void aPasswordInAJdbcUrlIsRotatedLikewise() {
    String url = "jdbc:mysql://127.0.0.1:" + server.port() + "/one?user=rota&password=";
    host.configure("crm", "url", url + "first-1");
    host.awaitState("crm", BindState.UP);
    String before = ask(host.bind("crm"), ID);
    changePassword("second-2");
    host.configure("crm", "url", url + "second-2");
    host.awaitGeneration("crm", 2);
    assertThat(ask(host.bind("crm"), ID)).isEqualTo(before);
    host.configure("crm", "url", url.replace("/one", "/") + "second-2");
    host.awaitGeneration("crm", 3);
    assertThat(ask(host.bind("crm"), ID)).isNotEqualTo(before);
  }

  @Test
  void anotherUserNeverWorksOnConnectionsOfTheFirst() {
    server.execute(
        "",
        "CREATE OR REPLACE USER other@'%' IDENTIFIED BY 'first-1'",
        "GRANT SELECT ON one.* TO other@'%'");
    login("rota", "first-1");
    host.awaitState("crm", BindState.UP);
    assertThat(ask(host.bind("crm"), "SELECT CURRENT_USER()")).isEqualTo("rota@%");
    login("other", "first-1");
    host.awaitGeneration("crm", 2);
    assertThat(ask(host.bind("crm"), "SELECT CURRENT_USER()")).isEqualTo("other@%");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        ask(
                            host.bind("crm"),
                            "SELECT COUNT(*) FROM information_schema.processlist"
                                + " WHERE user = 'rota'"))
                    .isEqualTo("0"));
  }

  private void login(String user, String password, Object... further) {
    Object[] pairs = new Object[6 + further.length];
    pairs[0] = "url";
    pairs[1] = "mysql://127.0.0.1:" + server.port() + "/one";
    pairs[2] = "user";
    pairs[3] = user;
    pairs[4] = ".password";
    pairs[5] = password;
    System.arraycopy(further, 0, pairs, 6, further.length);
    host.configure("crm", pairs);
  }

  private void changePassword(String password) {
    server.execute("", "ALTER USER rota@'%' IDENTIFIED BY '" + password + "'");
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
