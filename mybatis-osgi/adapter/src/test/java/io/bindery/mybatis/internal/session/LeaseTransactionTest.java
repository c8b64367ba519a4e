package io.bindery.mybatis.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.mybatis.testing.ServerBind;
import io.bindery.source.Deadline;
import io.bindery.testing.PostgresServer;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a reading in a transaction on a server that stands still. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeaseTransactionTest {
  private PostgresServer server;

  @BeforeEach
  void start() {
    server = PostgresServer.start();
  }

  @AfterEach
  void stop() {
    server.thaw();
    server.close();
  }

  @Test
  void theRollbackHoldsNobodyLongerThanItsLimit() throws SQLException {
    ServerBind bind = new ServerBind("log", server, "");
    LeaseTransaction transaction =
        new LeaseTransaction(bind.acquire(Duration.ofSeconds(5)), Deadline.in(Duration.ofHours(1)));
    transaction.stream(bind.acquire(Duration.ofSeconds(5)).streaming());
    try (Statement statement = transaction.getConnection().createStatement()) {
      statement.execute("SELECT 1");
    }
    server.freeze();
    long start = System.nanoTime();
    transaction.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(20));
  }
}
