package io.bindery.benchmarks;

import io.bindery.samples.company.Company;
import io.bindery.testing.PackedHost;
import io.bindery.testing.ShellSession;
import java.nio.file.Path;
import java.util.List;

/**
 * Two figures of the packed host beside plain JDBC, over the sample company on three servers: all
 * rows of three tables to CSV files, and the look-up of one customer over three databases. They
 * show that nothing is far off; they bound nothing.
 */
public final class Smoke {
  private static final int LOOKUPS = 200;
  private static final int ROUNDS = 3;

  private Smoke() {}

  /**
   * Prints the figures.
   *
   * @param arguments how many customers the company has (20000); five orders and two tickets each
   */
  public static void main(String[] arguments) throws Exception {
    int customers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    Company company = Company.of(customers, 5 * customers, 2 * customers);
    try (CompanyHost started = CompanyHost.start("smoke")) {
      started.load(company);
      PackedHost host = started.host();
      Path folder = started.folder();
      for (String source : List.of("customers", "orders", "tickets")) {
        host.drop("bindery.aggregate-all_" + source + ".cfg", "union = " + source);
      }
      try (ShellSession shell = new ShellSession(host.home());
          PlainJdbc jdbc = new PlainJdbc(started.crm(), started.shop(), started.support())) {
        System.out.printf(
            "%d rows in three tables, %d look-ups; milliseconds%n", 8 * customers, LOOKUPS);
        System.out.printf("%-28s %8s %8s%n", "", "bindery", "jdbc");
        for (int round = 1; round <= ROUNDS; round++) {
          long ours = millis(() -> allRows(host, folder));
          long theirs = millis(() -> jdbc.allRows(folder));
          System.out.printf("%-28s %8d %8d%n", "all rows to csv, round " + round, ours, theirs);
        }
        for (int round = 1; round <= ROUNDS; round++) {
          long ours = millis(() -> lookUp(shell, company));
          long theirs = millis(() -> jdbc.lookUp(company, LOOKUPS));
          System.out.printf("%-28s %8d %8d%n", "look-ups, round " + round, ours, theirs);
        }
      }
    }
  }

  private static void allRows(PackedHost host, Path folder) throws Exception {
    for (String source : List.of("customers", "orders", "tickets")) {
      String file = folder.resolve("bindery-" + source + ".csv").toString();
      host.ask("aggregate:run", "all_" + source, "--format", "csv", "--out", file);
    }
  }

  private static void lookUp(ShellSession shell, Company company) throws Exception {
    for (int i = 1; i <= LOOKUPS; i++) {
      String email = company.customer(i).email();
      String answer = shell.run("customer360 'email=" + email + "'");
      if (!answer.contains(email)) {
        throw new IllegalStateException("wrong answer: " + answer);
      }
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static long millis(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1_000_000;
  }
}
