package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindRemovedException;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.samples.server.MariaDbServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator's hold does to work, to calls, and to changes meanwhile. */
@ExtendWith(ServerAndHost.class)
class SuspensionTest {
  private final MariaDbServer server;
  private final BindHost host;

  SuspensionTest(MariaDbServer server, BindHost host) {
    this.server = server;
    this.host = host;
  }

  @Test
  void suspendingLetsWorkFinishAndRefusesCallsAtOnceUntilResumed() throws SQLException {
    host.configure("crm", "url", server.url("one"), "label.role", "crm");
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    CompletionStage<Void> drained;
    try (BindLease lease = bind.acquire(SOON);
        Connection connection = lease.connection()) {
      drained = bind.suspend();
      BindStatus status = host.awaitState("crm", BindState.SUSPENDED);
      assertThat(status.type()).isEqualTo("mysql");
      assertThat(status.url()).endsWith("/one");
      assertThat(host.property("crm", "label.role")).isEqualTo("crm");
      assertThat(host.services(DataSource.class, "crm")).hasSize(1);
      assertThatThrownBy(() -> bind.acquire(SOON))
          .isInstanceOfSatisfying(
              BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
          .hasMessage("bind 'crm': suspended: an operator holds it; bind:resume crm takes it back");
      assertThat(connection.isValid(1)).isTrue();
      assertThat(drained.toCompletableFuture()).isNotDone();
    }
    assertThat(drained.toCompletableFuture()).succeedsWithin(SOON);
    assertThat(bind.status().pool()).isNull();
    assertThat(bind.suspend().toCompletableFuture()).succeedsWithin(SOON);

    assertThat(bind.resume().toCompletableFuture()).succeedsWithin(SOON);
    assertThat(bind.status().state()).isEqualTo(BindState.UP);
    assertThat(bind.status().generation()).isEqualTo(2);
    assertThat(ask(bind, "SELECT DATABASE()")).isEqualTo("one");
    assertThat(host.bind("crm")).isSameAs(bind);
  }

  @Test
  void workThatOutlivesTheDrainTimeoutOfASuspensionIsStopped() throws SQLException {
    host.configure("crm", "url", server.url("one"), "drain.timeout", 200);
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    try (BindLease lease = bind.acquire(SOON);
        Connection connection = lease.connection();
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(lease.streaming().fetchSize());
      ResultSet rows =
          statement.executeQuery("SELECT seq, REPEAT('x', 200) FROM seq_1_to_20000000");
      assertThat(rows.next()).isTrue();
      CompletionStage<Void> drained = bind.suspend();
      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  // reads until it is stopped
                }
              })
          .isInstanceOf(SQLException.class);
      lease.close();
      assertThat(drained.toCompletableFuture()).succeedsWithin(SOON);
    }
    assertThat(bind.status().counters().killed()).isEqualTo(1);
  }

  @Test
  void changesOfASuspendedBindAreCheckedAndWaitForItsResumption() {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    assertThat(bind.suspend().toCompletableFuture()).succeedsWithin(SOON);

    host.configure("crm", "url", server.url("two"), "colour", "red", "pool.maximumPoolSize", "no");
    assertThat(host.awaitRejection("crm"))
        .contains("colour: is not known", "pool.maximumPoolSize: must be a whole number");
    assertThat(bind.status().state()).isEqualTo(BindState.SUSPENDED);

    host.configure("crm", "url", server.url("two"));
    await().atMost(SOON).until(() -> bind.status().rejected() == null);
    assertThat(bind.status().url()).endsWith("/two");
    assertThat(bind.status().state()).isEqualTo(BindState.SUSPENDED);
    assertThat(bind.resume().toCompletableFuture()).succeedsWithin(SOON);
    assertThat(ask(bind, "SELECT DATABASE()")).isEqualTo("two");
  }

  @Test
  void aSuspendedBindCanBeRemovedAndSaysSo() {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    assertThat(bind.suspend().toCompletableFuture()).succeedsWithin(SOON);
    host.delete("crm");
    await().atMost(SOON).until(() -> host.services(DatabaseBind.class, "crm").isEmpty());
    assertThatThrownBy(bind::resume).isInstanceOf(BindRemovedException.class);
    assertThatThrownBy(bind::suspend).isInstanceOf(BindRemovedException.class);
  }

  @Test
  void countersTellWhatHappenedAcrossGenerations() throws SQLException {
    host.configure("crm", "url", server.url("one"), "pool.maximumPoolSize", 1);
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    try (BindLease lease = bind.acquire(SOON);
        Connection only = lease.connection()) {
      assertThat(only.isValid(1)).isTrue();
      assertThatThrownBy(() -> lease.connection(Duration.ofMillis(300)))
          .hasMessageContaining("no connection within 300 ms");
      lease.kill(only);
    }
    host.configure("crm", "url", server.url("one"), ".password", "wrong");
    host.awaitRejection("crm");
    host.configure("crm", "url", "mysql://u:p@127.0.0.1:1/one");
    await().atMost(SOON).until(() -> bind.status().counters().failedConnects() > 0);
    host.configure("crm", "url", server.url("two"));
    host.awaitGeneration("crm", 2);
    assertThat(ask(bind, "SELECT DATABASE()")).isEqualTo("two");
    await().atMost(SOON).until(() -> bind.status().counters().drained() == 1);
    assertThat(bind.status().counters())
        .satisfies(
            counters -> {
              assertThat(counters.generations()).isEqualTo(2);
              assertThat(counters.opened()).isEqualTo(2);
              assertThat(counters.borrowed()).isEqualTo(2);
              assertThat(counters.timeouts()).isEqualTo(1);
              assertThat(counters.killed()).isEqualTo(1);
              assertThat(counters.failedLogins()).isPositive();
            });
  }
}
