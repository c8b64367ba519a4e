package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.samples.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server behind a unix socket that stands still: the system accepts for it, nobody answers. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FrozenServerTest {
  /** How much later than its limit something may end on a machine that is busy. */
  private static final Duration BUSY = Duration.ofSeconds(5);

  private MariaDbServer server;
  private BindHost host;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server = MariaDbServer.start();
    server.execute("", "CREATE DATABASE one");
    host = new BindHost(folder);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
    server.close();
  }

  @Test
  void aReadEndsAtTheDriversLimitAndTheBindComesBackByItself() {
    DatabaseBind bind = up("driver.socketTimeout", "500", "pool.connectionTimeout", "1000");
    server.freeze();
    long start = System.nanoTime();
    assertThatThrownBy(() -> ask(bind, "SELECT 1"))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessageContaining("no answer");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BUSY);
    assertThat(host.awaitState("crm", BindState.DOWN).reason())
        .contains(server.socket() + "/one: no answer within ");
    server.thaw();
    host.awaitState("crm", BindState.UP);
    assertThat(ask(bind, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void whoStopsAStatementIsFreeSoonThoughTheKillMeetsTheSameServer() throws SQLException {
    DatabaseBind bind = up();
    try (BindLease lease = bind.acquire(SOON);
        Connection connection = lease.connection()) {
      CompletableFuture<SQLException> ended =
          CompletableFuture.supplyAsync(() -> failureOf(connection, "SELECT SLEEP(600)"));
      await().atMost(SOON).until(() -> Sessions.running(server, "SELECT SLEEP(600)") == 1);
      server.freeze();
      lease.kill(connection);
      assertThat(ended).succeedsWithin(BUSY);
      assertThat(lease.explain(ended.join(), "the query"))
          .hasMessage("bind 'crm': the query was stopped");
    }
  }

  private DatabaseBind up(Object... more) {
    Object[] pairs = new Object[more.length + 2];
    pairs[0] = "url";
    pairs[1] = server.socketUrl("one");
    System.arraycopy(more, 0, pairs, 2, more.length);
    host.configure("crm", pairs);
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    assertThat(ask(bind, "SELECT 1")).isEqualTo("1");
    return bind;
  }

  private static SQLException failureOf(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      throw new AssertionError("no failure: " + sql);
    } catch (SQLException e) {
      return e;
    }
  }
}
