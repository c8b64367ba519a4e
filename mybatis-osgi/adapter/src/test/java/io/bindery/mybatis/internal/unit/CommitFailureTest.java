package io.bindery.mybatis.internal.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.bindery.error.ErrorCode;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.unit.CommitFailedException;
import io.bindery.unit.UnitOfWork;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that go while units over both of them are open or being committed. */
class CommitFailureTest {
  private static final MariaDbServer one = MariaDbServer.start();
  private static final MariaDbServer two = MariaDbServer.start();
  private static final ServerBind shop = Ledger.bind(one, "shop");
  private static final ServerBind crm = Ledger.bind(two, "crm");

  private final Ledger ledger = new Ledger(Duration.ofSeconds(30));

  @BeforeEach
  void empty() {
    one.execute("shop", "DELETE FROM entries");
    two.execute("crm", "DELETE FROM entries");
  }

  @AfterEach
  void everythingIsGivenBack() {
    ledger.close();
    assertThat(shop.openLeases() + crm.openLeases()).isZero();
  }

  @AfterAll
  static void stopServers() {
    one.close();
    two.close();
  }

  @Test
  void aDatabaseThatIsGoneBeforeTheCommitLetsNothingBeCommitted() {
    try (UnitOfWork unit = ledger.units().begin("shop", "crm")) {
      write();
      two.crash();
      CommitFailedException failure =
          catchThrowableOfType(CommitFailedException.class, unit::commit);
      assertThat(failure)
          .hasMessageStartingWith("unit of work: ")
          .hasMessageContaining("the connection was lost before the commit was sent")
          .hasMessageEndingWith("; failed: crm; rolled back: shop");
      assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(failure.bindKey()).isEqualTo("crm");
    } finally {
      two.restart();
    }
    assertThat(rows(one, "shop")).isZero();
    assertThat(rows(two, "crm")).isZero();
  }

  @Test
  void aDatabaseThatGoesBetweenTheCommitsIsReportedWithWhatIsCommittedAlready() throws Exception {
    CompletableFuture<Void> crash = new CompletableFuture<>();
    try (UnitOfWork unit = ledger.units().begin("shop", "crm")) {
      write();
      duringTheCommitOf(one, two::crash, crash);
      CommitFailedException failure =
          catchThrowableOfType(CommitFailedException.class, unit::commit);
      assertThat(failure).hasMessageEndingWith("; committed: shop; failed: crm");
      assertThat(failure.report().toString()).startsWith("shop COMMITTED, crm FAILED (");
      crash.get();
    } finally {
      two.restart();
    }
    assertThat(rows(one, "shop")).isEqualTo(1);
    assertThat(rows(two, "crm")).isZero();
  }

  @Test
  void aDatabaseThatGoesDuringItsCommitLeavesADoubt() throws Exception {
    CompletableFuture<Void> crash = new CompletableFuture<>();
    try (UnitOfWork unit = ledger.units().begin("shop", "crm")) {
      write();
      duringTheCommitOf(two, two::crash, crash);
      CommitFailedException failure =
          catchThrowableOfType(CommitFailedException.class, unit::commit);
      assertThat(failure).hasMessageEndingWith("; committed: shop; in doubt: crm");
      assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      crash.get();
    } finally {
      two.restart();
    }
    assertThat(rows(one, "shop")).isEqualTo(1);
  }

  @Test
  void aDatabaseThatDoesNotAnswerItsCommitIsGivenUpAfterTheCallTimeoutAndLeavesADoubt()
      throws Exception {
    try (UnitOfWork unit = ledger.units().begin("crm", "shop");
        Connection lock = two.connect("");
        Statement statement = lock.createStatement()) {
      write();
      ledger.allow(Duration.ofSeconds(1));
      statement.execute("FLUSH TABLES WITH READ LOCK");
      CommitFailedException failure =
          catchThrowableOfType(CommitFailedException.class, unit::commit);
      assertThat(failure).hasMessageEndingWith("; in doubt: crm; rolled back: shop");
      statement.execute("UNLOCK TABLES");
    }
    assertThat(rows(one, "shop")).isZero();
  }

  @Test
  void whenTheHostStopsBetweenTheCommitsTheReportSaysWhatIsCommittedAlready() throws Exception {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    try (UnitOfWork unit = ledger.units().begin("shop", "crm")) {
      write();
      duringTheCommitOf(one, ledger::stopWatching, stopped);
      CommitFailedException failure =
          catchThrowableOfType(CommitFailedException.class, unit::commit);
      assertThat(failure)
          .hasMessageContaining("bind 'crm': the commit was not sent, as the host stops")
          .hasMessageEndingWith("; committed: shop; failed: crm");
      assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThatThrownBy(unit::commit).hasMessageContaining("could not be committed");
      stopped.get();
    }
    assertThat(rows(one, "shop")).isEqualTo(1);
    assertThat(rows(two, "crm")).isZero();
  }

  private void write() {
    ledger.entries(crm).add(1, "ada");
    ledger.entries(shop).add(1, "a lamp");
  }

  /** A global read lock holds the commit up until the work is done. */
  private static void duringTheCommitOf(
      MariaDbServer server, Runnable work, CompletableFuture<Void> done) throws SQLException {
    Connection lock = server.connect("");
    lock.createStatement().execute("FLUSH TABLES WITH READ LOCK");
    done.completeAsync(
        () -> {
          try {
            await().atMost(Duration.ofSeconds(20)).until(() -> commits(server) > 0);
            work.run();
            if (server == one) {
              lock.createStatement().execute("UNLOCK TABLES");
              lock.close();
            }
            return null;
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static int commits(MariaDbServer server) throws SQLException {
    return number(
        server, "SELECT COUNT(*) FROM information_schema.processlist WHERE info = 'COMMIT'");
  }

  private static int rows(MariaDbServer server, String database) {
    try {
      return number(server, "SELECT COUNT(*) FROM " + database + ".entries");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int number(MariaDbServer server, String query) throws SQLException {
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
