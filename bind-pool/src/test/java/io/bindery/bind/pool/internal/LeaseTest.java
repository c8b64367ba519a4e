package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindState;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.samples.server.MariaDbServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a unit of work may do with its connections, and what errors on them mean. */
@ExtendWith(ServerAndHost.class)
class LeaseTest {
  private final MariaDbServer server;
  private final BindHost host;

  LeaseTest(MariaDbServer server, BindHost host) {
    this.server = server;
    this.host = host;
  }

  @Test
  void anExhaustedPoolSaysSo() throws SQLException {
    host.configure("crm", "url", server.url("one"), "pool.maximumPoolSize", 1);
    host.awaitState("crm", BindState.UP);
    try (BindLease lease = host.bind("crm").acquire(SOON);
        Connection only = lease.connection()) {
      assertThat(only.isValid(1)).isTrue();
      // only now, as a busy machine may need longer to make a connection
      host.configure(
          "crm",
          "url",
          server.url("one"),
          "pool.maximumPoolSize",
          1,
          "pool.connectionTimeout",
          300);
      await()
          .atMost(SOON)
          .until(
              () ->
                  host.bind("crm").settings().stream()
                      .anyMatch(
                          each ->
                              each.name().equals("pool.connectionTimeout")
                                  && each.value().equals("300")));
      assertThatThrownBy(() -> ask(host.bind("crm"), "SELECT 1"))
          .isInstanceOfSatisfying(
              BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT))
          .hasMessage("bind 'crm': no connection within 300 ms (active=1, idle=0, waiting=0)");
    }
    assertThat(host.bind("crm").status().state()).isEqualTo(BindState.UP);
  }

  @Test
  void killStopsAReaderAndThePoolKeepsTheConnection() throws SQLException {
    host.configure("crm", "url", server.url("one"), "pool.maximumPoolSize", 1);
    host.awaitState("crm", BindState.UP);
    String before = ask(host.bind("crm"), "SELECT CONNECTION_ID()");
    try (BindLease lease = host.bind("crm").acquire(SOON)) {
      try (Connection connection = lease.connection();
          Statement statement = connection.createStatement()) {
        statement.setFetchSize(lease.streaming().fetchSize());
        ResultSet rows =
            statement.executeQuery("SELECT seq, REPEAT('x', 200) FROM seq_1_to_20000000");
        assertThat(rows.next()).isTrue();
        lease.kill(connection);
        assertThatThrownBy(
                () -> {
                  while (rows.next()) {
                    // reads what was on its way
                  }
                })
            .isInstanceOfSatisfying(
                SQLException.class,
                e ->
                    assertThat(lease.explain(e, "reading"))
                        .hasMessage("bind 'crm': reading was stopped"));
      }
    }
    assertThat(ask(host.bind("crm"), "SELECT CONNECTION_ID()")).isEqualTo(before);
  }

  @Test
  void closingALeaseReturnsItsConnections() {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    BindLease lease = host.bind("crm").acquire(SOON);
    Connection forgotten = lease.connection();
    assertThat(host.pool("crm").active()).isEqualTo(1);
    lease.close();
    lease.close();
    assertThat(host.pool("crm").active()).isZero();
    assertThatThrownBy(forgotten::createStatement).hasMessageContaining("is closed");
    assertThatThrownBy(lease::connection).hasMessageContaining("the lease is closed");
  }

  @Test
  void aQueryErrorIsExplainedAndLeavesTheBindUp() {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    assertThatThrownBy(() -> ask(host.bind("crm"), "SELECT * FROM nosuch"))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY))
        .hasMessage(
            "bind 'crm': the test's query failed: Table 'one.nosuch' doesn't exist (SQLSTATE"
                + " 42S02, error 1146); check that the database and the table are there");
    assertThatThrownBy(() -> ask(host.bind("crm"), "SELECT * FROM nosuch.x"))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY));
    assertThat(host.bind("crm").status().state()).isEqualTo(BindState.UP);
  }

  @Test
  void aSchemaThatAStatementMayNotUseIsAQueryErrorAndNoOutage() throws SQLException {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    try (BindLease lease = host.bind("crm").acquire(SOON);
        Connection connection = lease.connection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("USE nodb"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> {
                assertThat(e.getErrorCode()).isEqualTo(1049);
                assertThat(lease.explain(e, "the query").code()).isEqualTo(ErrorCode.QUERY);
              });
    }
    String first = ask(host.bind("crm"), "SELECT CONNECTION_ID()");
    assertThat(ask(host.bind("crm"), "SELECT CONNECTION_ID()")).isEqualTo(first);
    assertThat(host.bind("crm").status().state()).isEqualTo(BindState.UP);
  }

  @Test
  void oneBrokenConnectionDoesNotTakeTheBindDown() throws SQLException {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    try (BindLease lease = host.bind("crm").acquire(SOON);
        Connection connection = lease.connection();
        Statement statement = connection.createStatement()) {
      ResultSet id = statement.executeQuery("SELECT CONNECTION_ID()");
      assertThat(id.next()).isTrue();
      server.execute("", "KILL CONNECTION " + id.getString(1));
      assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e ->
                  assertThat(lease.explain(e, "the query").code())
                      .isEqualTo(ErrorCode.UNAVAILABLE));
    }
    assertThat(host.bind("crm").status().state()).isEqualTo(BindState.UP);
    assertThat(ask(host.bind("crm"), "SELECT 1")).isEqualTo("1");
  }
}
