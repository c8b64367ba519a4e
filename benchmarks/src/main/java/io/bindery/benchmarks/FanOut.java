package io.bindery.benchmarks;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import io.bindery.testing.ShellSession;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many binds in one answer, beside plain JDBC over the same databases, one after another and with a
 * thread for each: all rows to a CSV file, a group over all rows, and one row of each.
 */
public final class FanOut {
  private static final int BINDS = 24;
  private static final int ROUNDS = 4;
  private static final String COLUMNS =
      "SELECT id, name, email, country, created_at FROM customers"
          + " ORDER BY CAST(CONVERT(email USING utf8mb4) AS BINARY)";

  private final List<MariaDbServer> servers;
  private final Path folder;

  private FanOut(List<MariaDbServer> servers, Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  /**
   * Prints the figures.
   *
   * @param arguments how many rows each of 24 binds has (20000)
   */
  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    Path folder =
        Files.createTempDirectory(Path.of("benchmarks/target").toAbsolutePath(), "fan-out");
    try (MariaDbServer one = MariaDbServer.start();
        MariaDbServer two = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"))) {
      FanOut fanOut = new FanOut(List.of(one, two), folder);
      fanOut.fill(host, rows);
      fanOut.measure(host, rows);
    }
  }

  private MariaDbServer server(int bind) {
    return servers.get(bind % servers.size());
  }

  private void fill(PackedHost host, int rows) throws Exception {
    for (int i = 0; i < BINDS; i++) {
      String database = "c" + i;
      server(i).execute("", "CREATE DATABASE " + database + " CHARACTER SET utf8mb4");
      server(i)
          .execute(
              database,
              "CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(120) NOT NULL, email"
                  + " VARCHAR(190) NOT NULL, country VARCHAR(60) NULL, created_at DATETIME NOT"
                  + " NULL)",
              "INSERT INTO customers SELECT seq, CONCAT('Customer ', seq), CONCAT(LPAD(seq, 8,"
                  + " '0'), '@example.org'), ELT(1 + seq % 3, 'Chile', 'Peru', NULL), '2026-01-01'"
                  + " FROM seq_1_to_"
                  + rows);
      host.drop(
          "bindery.bind-" + database + ".cfg",
          "url = " + server(i).url(database),
          "label.role = crm");
    }
    host.drop("bindery.aggregate-all.cfg", "union = customers", "expect = " + BINDS);
    host.drop(
        "bindery.aggregate-countries.cfg",
        "from = all",
        "group = country",
        "select = count() as customers");
  }

  private void measure(PackedHost host, int rows) throws Exception {
    System.out.printf("%d binds of %d rows on two servers; milliseconds%n", BINDS, rows);
    System.out.printf("%-24s %8s %12s %14s%n", "", "bindery", "jdbc in turn", "jdbc at once");
    String file = folder.resolve("all.csv").toString();
    try (ShellSession shell = new ShellSession(host.home())) {
      while (shell.ask("aggregate:run countries --timeout 60s").startsWith("bindery: ")) {
        Thread.onSpinWait(); // until all that was dropped is taken
      }
      for (int round = 1; round <= ROUNDS; round++) {
        long ours =
            millis(
                () -> answered(shell.ask("aggregate:run all --format csv --out '" + file + "'")));
        System.out.printf(
            "%-24s %8d %12d %14d%n",
            "all rows to csv, " + round,
            ours,
            millis(() -> inTurn(this::toCsv)),
            millis(() -> atOnce(this::toCsv)));
      }
      for (int round = 1; round <= ROUNDS; round++) {
        long ours = millis(() -> answered(shell.ask("aggregate:run countries")));
        System.out.printf(
            "%-24s %8d %12d %14d%n",
            "group over all rows, " + round,
            ours,
            millis(() -> inTurn(this::read)),
            millis(() -> atOnce(this::read)));
      }
      for (int round = 1; round <= ROUNDS; round++) {
        long ours =
            millis(() -> answered(shell.ask("aggregate:run all email=00000007@example.org")));
        System.out.printf(
            "%-24s %8d %12d %14d%n",
            "one row of each, " + round,
            ours,
            millis(() -> inTurn(this::one)),
            millis(() -> atOnce(this::one)));
      }
    }
  }

  private static Void answered(String answer) {
    if (!answer.contains(" of ") && !answer.contains("rows")) {
      throw new IllegalStateException(answer);
    }
    return null;
  }

  private Void toCsv(int bind) throws Exception {
    try (Connection connection = server(bind).connect("c" + bind);
        Statement statement = connection.createStatement();
        BufferedWriter out = Files.newBufferedWriter(folder.resolve("jdbc-" + bind + ".csv"))) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet rows = statement.executeQuery(COLUMNS)) {
        while (rows.next()) {
          out.write(rows.getLong(1) + "," + rows.getString(2) + "," + rows.getString(3) + ",");
          String country = rows.getString(4);
          out.write((country == null ? "" : country) + ",");
          out.write(rows.getObject(5, java.time.LocalDateTime.class) + "\n");
        }
      }
    }
    return null;
  }

  private Void read(int bind) throws SQLException {
    return query(bind, COLUMNS);
  }

  private Void one(int bind) throws SQLException {
    return query(bind, COLUMNS.replace(" ORDER", " WHERE email = '00000007@example.org' ORDER"));
  }

  private Void query(int bind, String sql) throws SQLException {
    try (Connection connection = server(bind).connect("c" + bind);
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          rows.getLong(1);
          rows.getString(2);
          rows.getString(3);
          rows.getString(4);
          rows.getObject(5, java.time.LocalDateTime.class);
        }
      }
    }
    return null;
  }

  private interface OnBind {
    Void work(int bind) throws Exception;
  }

  private static Void inTurn(OnBind work) throws Exception {
    for (int i = 0; i < BINDS; i++) {
      work.work(i);
    }
    return null;
  }

  private static Void atOnce(OnBind work) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < BINDS; i++) {
        int bind = i;
        all.add(() -> work.work(bind));
      }
      for (Future<Void> each : threads.invokeAll(all)) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
    return null;
  }

  private static long millis(Callable<Void> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1_000_000;
  }
}
