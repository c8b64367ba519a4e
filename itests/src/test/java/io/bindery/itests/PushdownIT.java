package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sample models let their databases do, counted by the server itself. */
class PushdownIT {
  @TempDir private Path folder;

  @Test
  void aLookUpOverThreeDatabasesIsThreeIndexedQueries() throws Exception {
    try (MariaDbServer server = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"))) {
      Company.customers(server, "crm");
      Company.orders(server, "shop");
      Company.tickets(server, "support");
      server.execute(
          "crm",
          "SET GLOBAL userstat = 1",
          "ALTER TABLE shop.orders ADD INDEX by_email (email)",
          "ALTER TABLE support.tickets ADD INDEX by_email (email)",
          "INSERT INTO crm.customers SELECT seq, 'C', CONCAT('c', LPAD(seq, 4, '0'), '@x'), 'Peru',"
              + " '2026-01-01' FROM seq_1_to_500",
          "INSERT INTO shop.orders SELECT seq, CONCAT('c', LPAD(seq, 4, '0'), '@x'), 2.50, 'paid',"
              + " '2026-01-01' FROM seq_1_to_500",
          "INSERT INTO support.tickets SELECT seq, CONCAT('c', LPAD(seq, 4, '0'), '@x'), 'It hums',"
              + " 'open', '2026-01-01' FROM seq_1_to_500");
      for (String role : new String[] {"crm", "shop", "support"}) {
        host.drop(
            "bindery.bind-" + role + ".cfg", "url = " + server.url(role), "label.role = " + role);
      }
      host.drop(
          "bindery.aggregate-customer360.cfg",
          "merge = customers, orders, tickets",
          "key = email",
          "select.orders = count() as orders, sum(amount) as total",
          "select.tickets = count(status = 'open') as open_tickets");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> host.exec("aggregate:run", "customer360", "email=no").exit() == 0);
      server.execute("", "FLUSH TABLE_STATISTICS", "FLUSH INDEX_STATISTICS");

      assertThat(
              host.exec("aggregate:run", "customer360", "email=c0123@x", "--format", "csv").out())
          .endsWith("c0123@x,123,C,Peru,2026-01-01T00:00:00,1,2.50,1\n");

      // of an index that is not unique, the server also reads the row behind the last
      assertThat(counted(host, "table_name, rows_read", "table_statistics"))
          .isEqualTo("table_name,rows_read\ncustomers,1\norders,2\ntickets,2\n");
      assertThat(counted(host, "table_name, index_name", "index_statistics"))
          .isEqualTo("table_name,index_name\ncustomers,email\norders,by_email\ntickets,by_email\n");
      assertThat(host.exec("aggregate:explain", "customer360", "email=c0123@x").out())
          .contains("pushed: email = 'c0123@x'\n")
          .doesNotContain("all rows are read");

      host.drop(
          "bindery.aggregate-new.cfg",
          "from = customers",
          "where = created_at >= '2026-01-01' and email > 'c0400'",
          "order = email");
      host.drop("bindery.aggregate-first.cfg", "union = orders", "order = email", "limit = 3");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  host.exec("aggregate:run", "new").exit() == 0
                      && host.exec("aggregate:run", "first").exit() == 0);
      host.exec("bind:statements", "crm", "--record", "5m", "--parameters");
      host.exec("bind:statements", "shop", "--record", "5m", "--parameters");
      assertThat(host.exec("aggregate:run", "new", "--format", "csv").out().lines()).hasSize(102);
      assertThat(host.exec("aggregate:run", "first", "--format", "csv").out().lines()).hasSize(4);
      assertThat(host.exec("bind:statements", "crm", "--format", "json").out())
          .contains("created_at >= ?", "c0400")
          .doesNotContain("LIMIT");
      assertThat(host.exec("bind:statements", "shop", "--format", "json").out())
          .contains("LIMIT ?");
    }
  }

  @Test
  void groupsOfTheDatabaseAreReadWhereAnAggregateAsksForThem() throws Exception {
    try (MariaDbServer server = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"))) {
      Company.orders(server, "shop");
      server.execute(
          "shop",
          "INSERT INTO orders SELECT seq, CONCAT(IF(seq % 20 < 10, 'c', 'C'), seq % 10, '@x'), seq / 8,"
              + " IF(seq % 3, 'paid', 'open'), '2026-01-01' FROM seq_1_to_1000",
          "UPDATE orders SET email = NULL WHERE id < 10");
      host.drop("bindery.bind-shop.cfg", "url = " + server.url("shop"), "label.role = shop");
      String[] lines = {
        "from = orders",
        "group = email",
        "select = count() as orders, sum(amount) as total," + " count(status = 'open') as open",
        "order = email"
      };
      host.drop("bindery.aggregate-by_rows.cfg", lines);
      String[] grouped = Arrays.copyOf(lines, lines.length + 1);
      grouped[lines.length] = "grouped = orders";
      host.drop("bindery.aggregate-by_groups.cfg", grouped);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  host.exec("aggregate:run", "by_rows").exit() == 0
                      && host.exec("aggregate:run", "by_groups").exit() == 0);
      assertThat(host.exec("aggregate:run", "by_groups", "--format", "csv").out())
          .isEqualTo(host.exec("aggregate:run", "by_rows", "--format", "csv").out())
          .hasLineCount(22);
      assertThat(host.exec("aggregate:run", "by_rows", "--format", "json").out())
          .contains("\"rows\":1000,");
      assertThat(host.exec("aggregate:run", "by_groups", "--format", "json").out())
          .contains("\"source\":\"orders_by_customer\"", "\"rows\":42,");
      assertThat(host.exec("aggregate:explain", "by_groups").out())
          .contains("read orders_by_customer on shop");
    }
  }

  private static String counted(PackedHost host, String columns, String statistics)
      throws Exception {
    return host.exec(
            "bind:sql",
            "crm",
            "SELECT "
                + columns
                + " FROM information_schema."
                + statistics
                + " WHERE table_schema IN ('crm', 'shop', 'support') ORDER BY 1",
            "--format",
            "csv")
        .out();
  }
}
