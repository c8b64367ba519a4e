package io.bindery.benchmarks;

import io.bindery.samples.company.Company;
import io.bindery.testing.PackedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The merge of three ordered sources into a CSV file by the packed host, beside a program that does
 * the same by JDBC. What counts is the processor time of each, which other work on the machine
 * changes least.
 */
public final class Merge {
  private static final int ROUNDS = 5;

  private Merge() {}

  /**
   * Prints the figures.
   *
   * @param arguments how many customers the company has (100000); five orders and two tickets each
   */
  public static void main(String[] arguments) throws Exception {
    int customers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    Company company = Company.of(customers, 5 * customers, 2 * customers);
    try (CompanyHost started = CompanyHost.start("merge")) {
      started.load(company);
      PackedHost host = started.host();
      Path folder = started.folder();
      int asked = 0;
      while (host.exec("aggregate:run", "customer360", "--limit", "1").exit() != 0) {
        if (++asked == 60) {
          throw new IllegalStateException("the host does not take the files");
        }
      }
      ProcessHandle process = host.jvm().process();
      long rows = 8L * customers;
      System.out.printf("%d rows of three tables; ns of processor time a row%n", rows);
      System.out.printf("%-10s %8s %8s %8s%n", "", "bindery", "jdbc", "ratio");
      for (int round = 1; round <= ROUNDS; round++) {
        long before = nanos(process);
        String file = folder.resolve("bindery.csv").toString();
        host.ask(
            "aggregate:run", "customer360", "--format", "csv", "--out", file, "--timeout", "10m");
        double ours = nanos(process) - before;
        before = nanos(ProcessHandle.current());
        try (JdbcMerge jdbc = new JdbcMerge(started.crm(), started.shop(), started.support())) {
          jdbc.write(folder.resolve("jdbc.csv"));
        }
        double theirs = nanos(ProcessHandle.current()) - before;
        System.out.printf(
            "%-10s %8.0f %8.0f %8.2f%n",
            "round " + round, ours / rows, theirs / rows, ours / theirs);
      }
      long lines = Files.lines(folder.resolve("bindery.csv")).count() - 1;
      if (lines != Files.lines(folder.resolve("jdbc.csv")).count() || lines != customers) {
        throw new IllegalStateException("the answers differ");
      }
    }
  }

  private static long nanos(ProcessHandle process) {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElseThrow();
  }
}
