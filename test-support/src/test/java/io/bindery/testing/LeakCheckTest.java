package io.bindery.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.samples.server.MariaDbServer;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class LeakCheckTest {
  private final MariaDbServer server = MariaDbServer.start();
  private final LeakCheck leaks = new LeakCheck(Duration.ofSeconds(1)).watching(server);

  @BeforeAll
  void connectOnceSoThatTheDriverIsThere() throws Exception {
    server.connect("").close();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aThreadThatStaysIsNamed() {
    CountDownLatch end = new CountDownLatch(1);
    leaks.begin();
    Thread thread = new Thread(() -> awaitQuietly(end), "orders:housekeeper");
    thread.start();

    assertThatThrownBy(leaks::verify).hasMessageContaining("thread 'orders:housekeeper'");
    end.countDown();
    assertThatCode(leaks::verify).doesNotThrowAnyException();
  }

  @Test
  void aConnectionThatStaysIsNamed() throws Exception {
    leaks.begin();
    try (Connection connection = server.connect("mysql")) {
      connection.setAutoCommit(false);
      assertThatThrownBy(leaks::verify)
          .hasMessageContaining("of 'bindery' to 'mysql'")
          .hasMessageNotContaining(server.password());
    }

    assertThatCode(leaks::verify).doesNotThrowAnyException();
  }

  private static void awaitQuietly(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
