package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages and lists as a person gets them. */
class PagesIT {
  @TempDir private Path folder;

  @Test
  void aPageContinuesWhereTheLastOneEndedAndAKeyHasTheListOfItsRows() throws Exception {
    try (MariaDbServer server = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"))) {
      Company.customers(server, "crm", "ada@x", "Bo@x", "cy@x");
      Company.customers(server, "crm_eu", "Di@x", "ed@x");
      Company.orders(server, "shop", "ed@x", "Bo@x", "ed@x");
      host.drop("bindery.bind-crm.cfg", "url = " + server.url("crm"), "label.role = crm");
      host.drop("bindery.bind-eu.cfg", "url = " + server.url("crm_eu"), "label.role = crm");
      host.drop("bindery.bind-shop.cfg", "url = " + server.url("shop"), "label.role = shop");
      host.drop(
          "bindery.aggregate-bought.cfg",
          "merge = customers, orders",
          "key = email",
          "select.customers = name",
          "select.orders = list(id, amount) as orders",
          "order.orders = id desc",
          "expect = crm, eu, shop");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> host.exec("aggregate:run", "bought").exit() == 0);

      PackedHost.Result first =
          host.exec("aggregate:run", "bought", "--limit", "3", "--format", "ndjson");
      assertThat(first.out())
          .isEqualTo(
              """
              {"email":"Bo@x","name":"Customer 2","orders":[{"id":2,"amount":10.50}]}
              {"email":"Di@x","name":"Customer 1","orders":[]}
              {"email":"ada@x","name":"Customer 1","orders":[]}
              """);
      assertThat(first.err()).startsWith("next page: --after ");
      String token = first.err().strip().replace("next page: --after ", "");
      server.execute(
          "crm",
          "INSERT INTO customers VALUES (9, 'New', 'Aa@x', 'Peru', '2026-01-01')",
          "INSERT INTO customers VALUES (10, 'New', 'bo@y', 'Peru', '2026-01-01')");

      assertThat(
              host.exec(
                      "aggregate:run",
                      "bought",
                      "--limit",
                      "3",
                      "--after",
                      token,
                      "--format",
                      "csv")
                  .out())
          .isEqualTo(
              """
              email,name,orders
              bo@y,New,[]
              cy@x,Customer 3,[]
              ed@x,Customer 2,"[{""id"":3,""amount"":10.50},{""id"":1,""amount"":10.50}]"
              """);
      assertThat(host.exec("aggregate:explain", "bought", "--limit", "3", "--after", token).out())
          .contains("- after email = 'ada@x'\n", "pushed: email >= 'ada@x'\n");
      assertThat(host.exec("aggregate:run", "bought", "--after", token + "x").err())
          .contains("after: the token is damaged");
    }
  }
}
