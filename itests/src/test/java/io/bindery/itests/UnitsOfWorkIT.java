package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that writes and a bundle that uses units of work over two servers, in a packed host. */
class UnitsOfWorkIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String CONNECTION =
      "SELECT COUNT(*) FROM information_schema.processlist WHERE id = ";
  private static final MariaDbServer one = MariaDbServer.start();
  private static final MariaDbServer two = MariaDbServer.start();

  @TempDir private Path folder;
  private PackedHost host;

  @BeforeEach
  void start() throws Exception {
    for (String database : new String[] {"shop", "shop_next"}) {
      one.execute(
          "",
          "CREATE OR REPLACE DATABASE " + database,
          "CREATE TABLE " + database + ".orders (id INT PRIMARY KEY, email VARCHAR(190))");
    }
    two.execute(
        "",
        "CREATE OR REPLACE DATABASE crm",
        "CREATE TABLE crm.customers (email VARCHAR(190) PRIMARY KEY, orders INT CHECK (orders < 3))",
        "INSERT INTO crm.customers VALUES ('ada@example.com', 0)");
    host = PackedHost.start(folder.resolve("home"));
    dropShop("shop", "30000");
    host.drop("bindery.bind-crm.cfg", "url = " + two.url("crm"));
    Path model = CheckoutBundles.model(folder);
    host.deploy("ledger.jar", model);
    host.deploy("checkout.jar", CheckoutBundles.consumer(folder, model));
    awaitReady();
  }

  private void awaitReady() {
    await().atMost(PATIENCE).until(() -> host.exec("checkout:ready").out().contains("ready"));
  }

  private void dropShop(String database, String drainTimeout) throws Exception {
    host.drop(
        "bindery.bind-shop.cfg", "url = " + one.url(database), "drain.timeout = " + drainTimeout);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    host.stop();
    await().atMost(PATIENCE).until(() -> connections(one) + connections(two) == 0);
  }

  @AfterAll
  static void stopServers() {
    one.close();
    two.close();
  }

  @Test
  void theExampleOfTheDocsKeepsAnOrderOnBothBindsOrOnNone() throws Exception {
    host.ask("checkout:order", "1", "ada@example.com");
    host.ask("checkout:order", "2", "ada@example.com");
    assertThat(orders("shop")).isEqualTo(2);
    assertThat(customerOrders()).isEqualTo(2);

    PackedHost.Result third = host.exec("checkout:order", "3", "ada@example.com");
    assertThat(third.exit()).isEqualTo(1);
    assertThat(third.err()).contains("bind 'crm'", "CustomerMapper.countOrder");
    assertThat(orders("shop")).isEqualTo(2);
    assertThat(customerOrders()).isEqualTo(2);
    assertThat(host.ask("checkout:emails")).contains("ada@example.com, ada@example.com");
    assertNothingIsOut();
  }

  @Test
  void aServerKilledBetweenTheCommitsIsReportedBindByBind() throws Exception {
    host.ask("checkout:begin", "1", "ada@example.com");
    CompletableFuture<PackedHost.Result> finish;
    try (Connection lock = one.connect("")) {
      lock.createStatement().execute("FLUSH TABLES WITH READ LOCK"); // holds shop's commit up
      finish = finish();
      await().atMost(PATIENCE).until(() -> committing(one) != 0);
      two.crash();
    }
    try {
      PackedHost.Result result = finish.get();
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err())
          .startsWith("bindery: unit of work: bind 'crm': ")
          .contains("; committed: shop; failed: crm")
          .hasLineCount(1);
    } finally {
      two.restart();
    }
    assertThat(orders("shop")).isEqualTo(1);
    assertThat(customerOrders()).isZero();
    await().atMost(PATIENCE).until(() -> state("crm").contains("\"up\""));
    host.ask("checkout:order", "2", "ada@example.com");
    assertThat(customerOrders()).isEqualTo(1);
    assertNothingIsOut();
  }

  @Test
  void aServerThatHangsDuringItsCommitLeavesADoubtInTimeAndItsConnectionIsNotUsedAgain()
      throws Exception {
    host.drop("bindery.models.cfg", "call.timeout = 5000");
    host.stop();
    host = PackedHost.start(folder.resolve("home"));
    awaitReady();
    host.ask("checkout:begin", "1", "ada@example.com");
    CompletableFuture<PackedHost.Result> finish;
    int doubtful;
    try (Connection lock = two.connect("")) {
      lock.createStatement().execute("FLUSH TABLES WITH READ LOCK"); // holds crm's commit up
      finish = finish();
      await().atMost(PATIENCE).until(() -> committing(two) != 0);
      doubtful = committing(two);
      two.freeze();
      try {
        PackedHost.Result result = finish.get(60, TimeUnit.SECONDS);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
            .startsWith("bindery: unit of work: bind 'crm': ")
            .contains("; committed: shop; in doubt: crm")
            .hasLineCount(1);
      } finally {
        two.thaw();
      }
    }
    assertThat(orders("shop")).isEqualTo(1);
    await().atMost(PATIENCE).until(() -> state("crm").contains("\"up\""));
    await().atMost(PATIENCE).until(() -> number(two, CONNECTION + doubtful) == 0);
    assertNothingIsOut();
  }

  @Test
  void aUnitStaysOnTheGenerationItBeganWithAndPastItsDrainItsNextUseSaysWhy() throws Exception {
    host.ask("checkout:begin", "1", "ada@example.com");
    dropShop("shop_next", "30000");
    await().atMost(PATIENCE).until(() -> generation() == 2);
    assertThat(host.ask("checkout:finish")).contains("shop COMMITTED, crm COMMITTED");
    assertThat(orders("shop")).isEqualTo(1);
    assertThat(orders("shop_next")).isZero();

    dropShop("shop_next", "200");
    await().atMost(PATIENCE).until(() -> drainTimeout().equals("200"));
    host.ask("checkout:begin", "2", "ada@example.com");
    dropShop("shop", "200");
    await().atMost(PATIENCE).until(() -> generation() == 3);
    await()
        .atMost(PATIENCE)
        .until(() -> number(one, "SELECT COUNT(*) FROM information_schema.innodb_trx") == 0);
    PackedHost.Result late = host.exec("checkout:finish");
    assertThat(late.exit()).isEqualTo(1);
    assertThat(late.err())
        .contains(
            "; failed: shop; rolled back: crm",
            "generation 2 was replaced or removed and its drain.timeout (200 ms) passed");
    assertThat(orders("shop_next")).isZero();
    assertThat(customerOrders()).isEqualTo(1);
    assertNothingIsOut();
  }

  @Test
  void anExplicitBindWinsOverTheFilterWhoseBindIsNotTouched() throws Exception {
    host.drop("bindery.bind-archive.cfg", "url = " + one.url("shop_next"));
    await().atMost(PATIENCE).until(() -> state("archive").contains("\"up\""));
    assertThat(host.ask("model:call", "demo.ledger.api.OrderMapper.count", "--bind", "archive"))
        .contains("0");
    host.ask(
        "model:call",
        "demo.ledger.api.OrderMapper.add",
        "id=7",
        "email=zoe@example.eu",
        "--bind",
        "archive");
    host.ask("checkout:add_on", "8", "zoe@example.eu", "archive");
    assertThat(orders("shop_next")).isEqualTo(2);
    assertThat(orders("shop")).isZero();
    assertThat(state("shop")).contains("\"generation\":1").contains("\"active\":0,\"idle\":0");

    PackedHost.Result none = host.exec("checkout:add_on", "9", "zoe@example.eu", "archiv");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err())
        .contains("there is no bind 'archiv' (did you mean 'archive'?); there are: archive, crm");
    assertThat(host.exec("model:call", "demo.ledger.api.OrderMapper.count", "--bind", "none").err())
        .contains("there is no bind 'none'; there are: archive, crm, shop");
  }

  private CompletableFuture<PackedHost.Result> finish() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return host.exec("checkout:finish");
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** The number of the connection that waits for its commit, or 0. */
  private static int committing(MariaDbServer server) throws SQLException {
    return number(
        server,
        "SELECT COALESCE(MAX(id), 0) FROM information_schema.processlist WHERE info = 'COMMIT'");
  }

  private void assertNothingIsOut() throws Exception {
    for (String key : new String[] {"shop", "crm"}) {
      await().atMost(PATIENCE).until(() -> state(key).contains("\"active\":0"));
    }
  }

  private String state(String key) throws Exception {
    return host.ask("bind:list", "--format", "json")
        .lines()
        .filter(line -> line.contains("\"key\":\"" + key + "\""))
        .findFirst()
        .orElse("");
  }

  private int generation() throws Exception {
    String state = state("shop");
    return Integer.parseInt(state.replaceAll(".*\"generation\":(\\d+).*", "$1").strip());
  }

  private String drainTimeout() throws Exception {
    return host.ask("bind:show", "shop").replaceAll("(?s).*\\ndrain\\.timeout +(\\d+).*", "$1");
  }

  private static int orders(String database) throws SQLException {
    return number(one, "SELECT COUNT(*) FROM " + database + ".orders");
  }

  private static int customerOrders() throws SQLException {
    return number(two, "SELECT SUM(orders) FROM crm.customers");
  }

  private static int connections(MariaDbServer server) throws SQLException {
    return number(
        server,
        "SELECT COUNT(*) FROM information_schema.processlist WHERE id <> CONNECTION_ID()"
            + " AND user = '"
            + server.user()
            + "'");
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
