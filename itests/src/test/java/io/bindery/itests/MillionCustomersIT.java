package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.company.Company;
import io.bindery.samples.company.CompanyDatabase;
import io.bindery.samples.company.Customer;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import io.bindery.testing.Soak;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample company with a million customers, five million orders and two million tickets (a
 * twenty-fifth of each without {@code -Psoak}), merged in a heap of 96 MiB.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MillionCustomersIT {
  private static final boolean WHOLE = Soak.rounds(10) == 10;
  private static final int CUSTOMERS = WHOLE ? 1_000_000 : 40_000;
  private static final Company COMPANY = Company.of(CUSTOMERS, 5 * CUSTOMERS, 2 * CUSTOMERS);
  private static final String TIGHT = WHOLE ? "20 MiB" : "1 MiB";

  /** All pages in memory: rows in the order of an index that does not hold them are anywhere. */
  private static final String[] ROOM = {
    "--innodb-buffer-pool-size=1G", "--innodb-log-file-size=192M"
  };

  /** What the heap may differ by between two moments of a run, in bytes. */
  private static final long FLAT = 8L << 20;

  private final MariaDbServer crm = MariaDbServer.start(ROOM);
  private final MariaDbServer shop = MariaDbServer.start(ROOM);
  private final MariaDbServer support = MariaDbServer.start(ROOM);
  private PackedHost host;

  @BeforeAll
  void loadAndStart(@TempDir Path folder) throws Exception {
    CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> CompanyDatabase.CRM.load(crm, COMPANY)),
            CompletableFuture.runAsync(() -> CompanyDatabase.SHOP.load(shop, COMPANY)),
            CompletableFuture.runAsync(() -> CompanyDatabase.SUPPORT.load(support, COMPANY)))
        .join();
    host = PackedHost.start(folder.resolve("home"), Map.of("BINDERY_OPTS", "-Xmx96m"));
    bind("crm", crm);
    bind("shop", shop);
    bind("support", support);
    String[] merge = {
      "merge = customers, orders, tickets",
      "key = email",
      "select.orders = count() as orders, sum(amount) as total",
      "select.tickets = count(status = 'open') as open_tickets"
    };
    define("customer360", merge);
    define("everyone", with(merge, "join = full"));
    define("people", "from = customers", "select = concat(email, '') as email, id, name");
    define("purchases", "from = orders", "select = concat(email, '') as email, amount");
    define("questions", "from = tickets", "select = concat(email, '') as email, status");
    String[] unordered = {
      "merge = people, purchases, questions",
      "key = email",
      "join = full",
      "select.purchases = count() as orders, sum(amount) as total",
      "select.questions = count(status = 'open') as open_tickets"
    };
    define("unordered", unordered);
    define("tight", with(unordered, "memory.limit = " + TIGHT));
    define("spilled", with(with(unordered, "memory.limit = " + TIGHT), "spill.limit = 4 GiB"));
    for (String name : List.of("everyone", "unordered", "spilled")) {
      define(
          name + "_sums",
          "from = " + name,
          "select = count() as n, sum(orders) as orders, sum(total) as total, sum(open_tickets) as"
              + " open");
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> run("customer360", "--limit", "1").exit() == 0);
  }

  @AfterAll
  void stop() {
    host.close();
    crm.close();
    shop.close();
    support.close();
  }

  private void bind(String key, MariaDbServer server) throws IOException {
    host.drop(
        "bindery.bind-" + key + ".cfg",
        "url = " + server.url(key),
        "label.role = " + key,
        "pool.maximumPoolSize = 12",
        "pool.connectionTimeout = 120000");
  }

  private void define(String name, String... lines) throws IOException {
    host.drop("bindery.aggregate-" + name + ".cfg", lines);
  }

  private static String[] with(String[] lines, String more) {
    List<String> all = new ArrayList<>(List.of(lines));
    all.add(more);
    return all.toArray(String[]::new);
  }

  private PackedHost.Result run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("aggregate:run"));
    command.addAll(List.of(words));
    command.addAll(List.of("--format", "csv", "--timeout", "15m"));
    return host.exec(command.toArray(String[]::new));
  }

  @Test
  void orderedSourcesAreMergedInConstantMemory() throws Exception {
    Process process = reader("customer360");
    long lowest = Long.MAX_VALUE;
    long highest = 0;
    int rows = 0;
    Customer someone = COMPANY.customer(COMPANY.customers() / 3);
    String found = "";
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine())
          .isEqualTo("email,id,name,country,created_at,orders,total,open_tickets");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (++rows % (COMPANY.customers() / 4) == 0) {
          long live = host.jvm().live().bytes();
          lowest = Math.min(lowest, live);
          highest = Math.max(highest, live);
        }
        if (line.startsWith(someone.email() + ",")) {
          found = line;
        }
      }
    }
    assertThat(process.waitFor()).isZero();
    assertThat(rows).isEqualTo(COMPANY.customers());
    assertThat(highest - lowest).isLessThan(FLAT);
    String email = "email = '" + someone.email().replace("'", "''") + "'";
    assertThat(found)
        .startsWith(someone.email() + "," + someone.id() + ",")
        .endsWith(
            ","
                + String.join(
                    ",",
                    sql(shop, "shop", "SELECT COUNT(*) FROM orders WHERE " + email),
                    sql(shop, "shop", "SELECT SUM(amount) FROM orders WHERE " + email),
                    sql(
                        support,
                        "support",
                        "SELECT COUNT(*) FROM tickets WHERE status = 'open' AND " + email)));
  }

  @Test
  void everyRowIsCountedOnceInOrderAndByTheDisk() throws Exception {
    PackedHost.Result ordered = run("everyone_sums");
    assertThat(ordered.err()).isEmpty();
    assertThat(ordered.out())
        .endsWith(
            ","
                + String.join(
                    ",",
                    sql(shop, "shop", "SELECT COUNT(*) FROM orders"),
                    sql(shop, "shop", "SELECT SUM(amount) FROM orders"),
                    sql(support, "support", "SELECT COUNT(*) FROM tickets WHERE status = 'open'"))
                + "\n");
    PackedHost.Result spilled = run("spilled_sums");
    assertThat(spilled.err()).isEmpty();
    assertThat(spilled.out()).isEqualTo(ordered.out());
    assertThat(Files.list(host.home().resolve("data/tmp"))).isEmpty();
  }

  @Test
  void unorderedSourcesPastTheLimitAreRefusedWithAdviceAndTheHostServesOn() throws Exception {
    PackedHost.Result refused = run("tight");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err())
        .contains("aggregate 'tight': merging '")
        .contains("more than memory.limit = " + TIGHT)
        .contains("ordered by the key and declare it");
    assertServes();
  }

  @Test
  void tenUnorderedRunsAtOnceAreAnsweredOrRefusedAndNeverEndTheHost() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(10);
    List<Future<PackedHost.Result>> runs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      runs.add(threads.submit(() -> run("unordered_sums")));
    }
    threads.shutdown();
    for (Future<PackedHost.Result> each : runs) {
      PackedHost.Result result = each.get();
      if (result.exit() == 0) {
        assertThat(result.out()).startsWith("n,orders,total,open\n");
      } else {
        assertThat(result.err())
            .contains("holds", "ordered by the key")
            .containsAnyOf("all runs together may hold", "more than memory.limit = ");
      }
    }
    assertServes();
  }

  @Test
  void aSlowReaderHoldsTheDatabasesUpAndNotTheHeap() throws Exception {
    Process process = reader("customer360");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.readLine();
      long first = slowly(lines, 100);
      long later = slowly(lines, 200);
      assertThat(Math.abs(later - first)).isLessThan(FLAT);
      assertThat(shop.connections()).anyMatch(what -> what.contains("FROM orders"));
    }
    // nobody reads any more: the statements end
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> shop.connections().stream().noneMatch(what -> what.contains("FROM orders")));
    process.waitFor();
    assertServes();
  }

  /** Reads a hundred rows a second, and then tells what the host holds. */
  private long slowly(BufferedReader lines, int rows) throws IOException {
    long start = System.nanoTime();
    for (int i = 1; i <= rows; i++) {
      assertThat(lines.readLine()).isNotNull();
      for (long left; (left = start + i * 10_000_000L - System.nanoTime()) > 0; ) {
        LockSupport.parkNanos(left);
      }
    }
    return host.jvm().live().bytes();
  }

  private void assertServes() throws Exception {
    PackedHost.Result one = run("customer360", "email=" + COMPANY.customer(7).email());
    assertThat(one.exit()).as(one.err()).isZero();
    assertThat(one.out()).contains("\n" + COMPANY.customer(7).email() + ",7,");
  }

  private Process reader(String aggregate) throws IOException {
    Process process =
        host.client("aggregate:run", aggregate, "--format", "csv", "--timeout", "15m")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    return process;
  }

  private static String sql(MariaDbServer server, String database, String query)
      throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      String text = rows.getString(1);
      return text == null ? "" : text;
    }
  }
}
