package io.bindery.benchmarks;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import io.bindery.testing.ShellSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One aggregate over many binds, all of one model and on one server, beside a program by hand that
 * asks 32 of them at once: when each must connect first, and on connections that are kept.
 */
public final class WideFanOut {
  private static final int THREADS = 32;
  private static final int ROWS = 20;
  private static final String SQL =
      "SELECT id, name, email, country, created_at FROM customers"
          + " ORDER BY CAST(CONVERT(email USING utf8mb4) AS BINARY)";

  private final MariaDbServer server;
  private final Path folder;
  private final List<Connection> kept = new ArrayList<>();

  private WideFanOut(MariaDbServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /**
   * Prints the figures.
   *
   * @param arguments how many binds (1000), and how many rounds of the aggregate (10)
   */
  public static void main(String[] arguments) throws Exception {
    int binds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    Path folder =
        Files.createTempDirectory(Path.of("benchmarks/target").toAbsolutePath(), "wide-fan-out");
    try (MariaDbServer server = MariaDbServer.start("--max-connections=" + (2 * binds + 100))) {
      WideFanOut wide = new WideFanOut(server, folder);
      wide.fill();
      wide.measure(binds, rounds);
    }
  }

  private void fill() {
    server.execute("", "CREATE DATABASE crm CHARACTER SET utf8mb4");
    server.execute(
        "crm",
        "CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(120) NOT NULL, email"
            + " VARCHAR(190) NOT NULL, country VARCHAR(60) NULL, created_at DATETIME NOT NULL)",
        "INSERT INTO customers SELECT seq, CONCAT('Customer ', seq), CONCAT(LPAD(seq, 8, '0'),"
            + " '@example.org'), ELT(1 + seq % 3, 'Chile', 'Peru', NULL), '2026-01-01' FROM"
            + " seq_1_to_"
            + ROWS);
  }

  private Path home(int binds) throws IOException {
    Path home = folder.resolve("home-" + binds);
    Path etc = Files.createDirectories(home.resolve("etc"));
    for (int i = 0; i < binds; i++) {
      Files.write(
          etc.resolve("bindery.bind-b%04d.cfg".formatted(i)),
          List.of("url = " + server.url("crm"), "label.role = crm", "pool.maximumPoolSize = 2"));
    }
    Files.write(
        etc.resolve("bindery.aggregate-countries.cfg"),
        List.of(
            "from = customers",
            "expect = " + binds,
            "group = country",
            "select = count() as customers"));
    return home;
  }

  private void measure(int binds, int rounds) throws Exception {
    Path home = home(binds);
    long start = System.nanoTime();
    try (PackedHost host = PackedHost.start(home)) {
      long ready = millisSince(start);
      awaitAll(host, binds);
      System.out.printf(
          "%d binds: ready in %d ms, all up in %d ms, %d threads%n",
          binds, ready, millisSince(start), host.jvm().threads().size());
      ask(host, binds, rounds);
    }
  }

  private static void awaitAll(PackedHost host, int binds) throws Exception {
    String up = "\"state\":\"up\"";
    String last = "customers on b%04d".formatted(binds - 1);
    try (ShellSession shell = new ShellSession(host.home())) {
      while (shell.ask("bind:list --format json").split(up, -1).length <= binds
          || !shell.ask("aggregate:explain countries").contains(last)) {
        Thread.onSpinWait(); // until all is there
      }
    }
  }

  private void ask(PackedHost host, int binds, int rounds) throws Exception {
    long pid = host.jvm().process().pid();
    long own = ProcessHandle.current().pid();
    System.out.printf(
        "%-24s %8s %8s %8s %8s%n", "a group over all", "bindery", "cpu", "jdbc", "cpu");
    try (ShellSession shell = new ShellSession(host.home())) {
      for (int round = 0; round <= rounds; round++) {
        Cost ours = cost(pid, () -> answered(shell.ask("aggregate:run countries"), binds));
        OnBind work = round == 0 ? bind -> connect() : bind -> read(kept.get(bind));
        Cost theirs = cost(own, () -> atOnce(binds, work));
        System.out.printf(
            Locale.ROOT,
            "%-24s %8d %8d %8d %8d%n",
            round == 0 ? "connecting" : "connected, " + round,
            ours.millis(),
            ours.cpu(),
            theirs.millis(),
            theirs.cpu());
      }
    }
    for (Connection connection : kept) {
      connection.close();
    }
  }

  private record Cost(long millis, long cpu) {}

  private static Cost cost(long process, Callable<?> work) throws Exception {
    long cpu = ProcessMeter.cpuMillis(List.of(process));
    long start = System.nanoTime();
    work.call();
    return new Cost(millisSince(start), ProcessMeter.cpuMillis(List.of(process)) - cpu);
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static String answered(String answer, int binds) {
    if (!answer.contains(" " + binds * (ROWS / 3))) {
      throw new IllegalStateException(answer);
    }
    return answer;
  }

  private Void connect() throws SQLException {
    Connection connection = server.connect("crm");
    synchronized (kept) {
      kept.add(connection);
    }
    return read(connection);
  }

  private static Void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet rows = statement.executeQuery(SQL)) {
        while (rows.next()) {
          rows.getString(4);
        }
      }
    }
    return null;
  }

  private interface OnBind {
    Void work(int bind) throws Exception;
  }

  private static Void atOnce(int binds, OnBind work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < binds; i++) {
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
}
