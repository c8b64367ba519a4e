package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle that reads answers as records and brings an aggregate of its own. */
class JavaCallersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void theExamplesOfTheApiAnswerFromThreeDatabasesAndGoWithTheirBundle() throws Exception {
    try (MariaDbServer server = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"))) {
      Company.customers(server, "crm", "ada@example.com", "bo@example.com", "cy@example.com");
      Company.orders(server, "shop", "ada@example.com", "ada@example.com", "bo@example.com");
      Company.tickets(server, "support", "bo@example.com");
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
      host.deploy("report.jar", ReportBundle.build(folder));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  host.exec("report:open").exit() == 0
                      && host.exec("aggregate:run", "customer360").exit() == 0);

      assertThat(host.ask("report:best").trim())
          .isEqualTo(
              "Customer360[email=ada@example.com, total=21.00, openTickets=0]\n"
                  + "crm shop support true");
      assertThat(host.ask("report:open").trim()).isEqualTo("[Row[email=bo@example.com, open=1]]");
      assertThat(host.ask("aggregate:list"))
          .containsPattern("customer360 .* etc/bindery\\.aggregate-customer360\\.cfg")
          .containsPattern("open_tickets .* bundle demo\\.report 1\\.0\\.0");

      assertThat(host.exec("aggregate:run", "nothing").exit()).isEqualTo(1);
      await()
          .atMost(PATIENCE)
          .until(() -> host.ask("report:slow").contains("nothing failed 0 rows"));

      host.drop("bindery.aggregate-open_tickets.cfg", "from = tickets", "select = email");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  host.ask("aggregate:show", "open_tickets")
                      .contains("etc/bindery.aggregate-open_tickets.cfg"));
      assertThat(host.ask("aggregate:show", "open_tickets")).contains("bundle demo.report 1.0.0");
      assertThat(host.exec("report:open").err())
          .contains("component unknown column 'open'")
          .contains("known: email");
      host.delete("bindery.aggregate-open_tickets.cfg");
      await().atMost(PATIENCE).until(() -> host.exec("report:open").exit() == 0);

      Files.delete(host.home().resolve("deploy/report.jar"));
      await().atMost(PATIENCE).until(() -> !host.ask("aggregate:list").contains("demo.report"));
    }
  }
}
