package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindRemovedException;
import io.bindery.bind.BindSetting;
import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.samples.server.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What changes of a bind do to its work, and to those who use it. */
@ExtendWith(ServerAndHost.class)
class ChangeTest {
  private final MariaDbServer server;
  private final BindHost host;

  ChangeTest(MariaDbServer server, BindHost host) {
    this.server = server;
    this.host = host;
  }

  @Test
  void aRejectedChangeKeepsTheWorkingGeneration() {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);

    host.configure("crm", "url", server.url("one"), "pool.maxPoolSize", "3");
    assertThat(host.awaitRejection("crm")).contains("did you mean 'pool.maximumPoolSize'?");
    assertWorks("one");

    host.configure("crm", "url", "mysql://nobody:x@127.0.0.1:1/one");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(host.awaitRejection("crm")).contains("Connection refused"));
    assertWorks("one");

    host.configure("crm", "url", "oracle://nobody@127.0.0.1/one");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(host.awaitRejection("crm"))
                    .contains("there is no bind type for 'oracle'"));
    assertWorks("one");
    assertThat(host.bind("crm").settings())
        .contains(new BindSetting("pool.maximumPoolSize", "10", "default"));

    host.configure("crm", "url", server.url("two"));
    host.awaitGeneration("crm", 2);
    assertThat(host.bind("crm").status().rejected()).isNull();
    assertThat(ask(host.bind("crm"), "SELECT DATABASE()")).isEqualTo("two");
  }

  @Test
  void aChangeUnderEightQueryingThreadsLosesNoQuery() throws Exception {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger queries = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  while (!stop.get()) {
                    assertThat(ask(bind, "SELECT DATABASE()")).isIn("one", "two");
                    queries.incrementAndGet();
                  }
                },
                threads));
      }
      for (int generation = 2; generation <= 8; generation++) {
        int before = queries.get();
        host.configure("crm", "url", server.url(generation % 2 == 0 ? "two" : "one"));
        host.awaitGeneration("crm", generation);
        await().atMost(SOON).until(() -> queries.get() > before + 50);
      }
      stop.set(true);
      for (CompletableFuture<Void> each : running) {
        assertThat(each).succeedsWithin(SOON);
      }
    } finally {
      stop.set(true);
      threads.shutdown();
      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(ask(bind, "SELECT DATABASE()")).isEqualTo("two");
  }

  @Test
  void aUnitOfWorkStaysOnItsGeneration() throws SQLException {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    try (BindLease lease = host.bind("crm").acquire(SOON)) {
      host.configure("crm", "url", server.url("two"));
      host.awaitGeneration("crm", 2);
      assertThat(lease.generation()).isEqualTo(1);
      try (Connection connection = lease.connection()) {
        assertThat(connection.getCatalog()).isEqualTo("one");
      }
    }
  }

  @Test
  void aConnectionOfTheDataSourceKeepsItsGenerationAlive() throws Exception {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    DataSource source = (DataSource) host.bind("crm");
    try (Connection connection = source.getConnection()) {
      host.configure("crm", "url", server.url("two"));
      host.awaitGeneration("crm", 2);
      assertThat(connection.getCatalog()).isEqualTo("one");
      assertThat(connection.isValid(1)).isTrue();
    }
    await().atMost(SOON).until(() -> Sessions.of(server, "one") == 0);
    try (Connection connection = source.getConnection()) {
      assertThat(connection.getCatalog()).isEqualTo("two");
    }
  }

  @Test
  void workThatOutlivesTheDrainTimeoutIsStopped() throws Exception {
    host.configure("crm", "url", server.url("one"), "drain.timeout", 300);
    host.awaitState("crm", BindState.UP);
    CompletableFuture<BinderyException> ended = runForever(host.bind("crm"));
    host.configure("crm", "url", server.url("two"));
    assertThat(ended)
        .succeedsWithin(SOON)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT))
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessage(
                        "bind 'crm': the long query was stopped, as generation 1 was replaced or"
                            + " removed and its drain.timeout (300 ms) passed"));
    await().atMost(SOON).until(() -> Sessions.of(server, "one") == 0);
    assertThat(ask(host.bind("crm"), "SELECT DATABASE()")).isEqualTo("two");
    assertThat(host.bind("crm").status().state()).isEqualTo(BindState.UP);
  }

  @Test
  void aRemovedBindIsGoneAtOnceAndItsWorkFinishes() throws Exception {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    try (BindLease lease = bind.acquire(SOON)) {
      host.delete("crm");
      await().atMost(SOON).until(() -> host.services(DatabaseBind.class, "crm").isEmpty());
      assertThat(host.services(DataSource.class, "crm")).isEmpty();
      assertThatThrownBy(() -> bind.acquire(SOON))
          .isInstanceOf(BindRemovedException.class)
          .hasMessage("bind 'crm': removed");
      try (Connection connection = lease.connection()) {
        assertThat(connection.getCatalog()).isEqualTo("one");
      }
    }
    await().atMost(SOON).until(() -> Sessions.of(server, "one") == 0);

    host.configure("crm", "url", server.url("two"));
    host.awaitState("crm", BindState.UP);
    assertThat(host.bind("crm")).isNotSameAs(bind);
  }

  @Test
  void labelsAndPoolSizeChangeWithoutANewGeneration() {
    host.configure("crm", "url", server.url("one"), "label.role", "crm");
    host.awaitState("crm", BindState.UP);
    assertThat(ask(host.bind("crm"), "SELECT 1")).isEqualTo("1");
    host.configure(
        "crm", "url", server.url("one"), "label.region", "eu", "pool.maximumPoolSize", "4");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(host.property("crm", "label.region")).isEqualTo("eu"));
    assertThat(host.property("crm", "label.role")).isNull();
    assertThat(host.services(DataSource.class, "crm").get(0).getProperty("label.region"))
        .isEqualTo("eu");
    assertThat(host.pool("crm").max()).isEqualTo(4);
    assertThat(host.bind("crm").status().generation()).isEqualTo(1);
  }

  @Test
  void callsInFlightFinishBeforeTheirTypeGoes() throws Exception {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    DatabaseBind bind = host.bind("crm");
    CompletableFuture<Void> withdrawn;
    try (BindLease lease = bind.acquire(SOON);
        Connection connection = lease.connection()) {
      withdrawn = CompletableFuture.runAsync(host::withdrawType);
      host.awaitState("crm", BindState.WAITING);
      assertThat(connection.isValid(1)).isTrue();
      assertThat(withdrawn).isNotDone();
    }
    assertThat(withdrawn).succeedsWithin(SOON);
    assertThatThrownBy(() -> bind.acquire(Duration.ofMillis(100)))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessageStartingWith("bind 'crm': still waiting after 100 ms: there is no bind type");

    CompletableFuture<String> patient =
        CompletableFuture.supplyAsync(() -> ask(bind, "SELECT DATABASE()"));
    host.offerType();
    assertThat(patient).succeedsWithin(SOON).isEqualTo("one");
    host.awaitGeneration("crm", 2);
  }

  @Test
  void replacedGenerationsFinishToo() throws Exception {
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    CompletableFuture<Void> withdrawn;
    try (BindLease lease = host.bind("crm").acquire(SOON);
        Connection connection = lease.connection()) {
      host.configure("crm", "url", server.url("two"));
      host.awaitGeneration("crm", 2);
      withdrawn = CompletableFuture.runAsync(host::withdrawType);
      host.awaitState("crm", BindState.WAITING);
      assertThat(connection.isValid(1)).isTrue();
      assertThat(withdrawn).isNotDone();
    }
    assertThat(withdrawn).succeedsWithin(SOON);
    host.offerType();
  }

  private void assertWorks(String database) {
    assertThat(host.bind("crm").status().state()).isEqualTo(BindState.UP);
    assertThat(host.bind("crm").status().generation()).isEqualTo(1);
    assertThat(ask(host.bind("crm"), "SELECT DATABASE()")).isEqualTo(database);
  }

  private CompletableFuture<BinderyException> runForever(DatabaseBind bind) {
    CompletableFuture<BinderyException> ended =
        CompletableFuture.supplyAsync(
            () -> {
              try (BindLease lease = bind.acquire(SOON);
                  Connection connection = lease.connection();
                  Statement statement = connection.createStatement()) {
                try {
                  statement.execute("SELECT COUNT(*) FROM seq_1_to_2000000000 WHERE SLEEP(0.01)");
                  throw new AssertionError("it ended by itself");
                } catch (SQLException e) {
                  return lease.explain(e, "the long query");
                }
              } catch (SQLException e) {
                throw new AssertionError(e);
              }
            });
    await()
        .atMost(SOON)
        .until(() -> Sessions.running(server, "SELECT COUNT(*) FROM seq_1_to_2000000000%") == 1);
    return ended;
  }
}
