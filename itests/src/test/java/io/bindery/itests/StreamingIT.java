package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large answer passes through a small heap, however slowly it is read. */
@Tag("long")
class StreamingIT {
  private static final int ROWS_EACH = 500_000;
  private static final int CHUNK = 1_000;

  private static final int SLOWER = 10;

  @TempDir private Path folder;

  @Test
  void aMillionRowsPassThroughASmallHeapToASlowReader() throws Exception {
    try (MariaDbServer one = MariaDbServer.start();
        MariaDbServer two = MariaDbServer.start();
        PackedHost host =
            PackedHost.start(folder.resolve("home"), Map.of("BINDERY_OPTS", "-Xmx64m"))) {
      for (MariaDbServer server : new MariaDbServer[] {one, two}) {
        Company.customers(server, "crm");
        server.execute(
            "crm",
            "INSERT INTO customers SELECT seq, REPEAT('x', 110), CONCAT(LPAD(seq, 8, '0'),"
                + " REPEAT('y', 90)), 'Chile', '2026-01-01' FROM seq_1_to_"
                + ROWS_EACH);
      }
      host.drop("bindery.bind-one.cfg", "url = " + one.url("crm"), "label.role = crm");
      host.drop("bindery.bind-two.cfg", "url = " + two.url("crm"), "label.role = crm");
      host.drop(
          "bindery.aggregate-all.cfg", "union = customers", "order = email", "expect = one, two");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> host.exec("aggregate:run", "all", "--limit", "1").exit() == 0);

      // what the servers need for the same rows when nobody holds them up
      long servers = nanosToRead(one) + nanosToRead(two);
      long pace = SLOWER * servers / (2 * ROWS_EACH / CHUNK);

      Process process =
          host.client("aggregate:run", "all", "--format", "csv", "--timeout", "900s")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      int rows = 0;
      String last = "";
      long start = System.nanoTime();
      try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
        assertThat(reader.readLine()).isEqualTo("bind_key,id,name,email,country,created_at");
        String line;
        while ((line = reader.readLine()) != null) {
          assertThat(line.length()).isGreaterThan(200);
          String email = line.split(",", 5)[3];
          assertThat(email).isGreaterThanOrEqualTo(last);
          last = email;
          if (++rows % CHUNK == 0) {
            readNoFasterThan(start + rows / CHUNK * pace);
          }
        }
      }
      assertThat(process.waitFor()).isZero();
      assertThat(rows).isEqualTo(2 * ROWS_EACH);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SLOWER * servers / 100 * 99);
      assertThat(host.exec("bind:list").exit()).isZero();
    }
  }

  /** The slow reader: it takes no further row before that moment. */
  private static void readNoFasterThan(long nanoTime) {
    for (long left; (left = nanoTime - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(left);
    }
  }

  private static long nanosToRead(MariaDbServer server) throws SQLException {
    long start = System.nanoTime();
    int count = 0;
    try (Connection connection = server.connect("crm");
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT id, name, email, country, created_at FROM customers"
                  + " ORDER BY CAST(CONVERT(email USING utf8mb4) AS BINARY)")) {
        while (rows.next()) {
          count++;
        }
      }
    }
    assertThat(count).isEqualTo(ROWS_EACH);
    return System.nanoTime() - start;
  }
}
