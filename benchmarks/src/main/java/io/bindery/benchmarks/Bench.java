package io.bindery.benchmarks;

import io.bindery.samples.company.Company;
import io.bindery.testing.Distribution;
import io.bindery.testing.PackedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The packed host beside JDBC and MyBatis by hand, over the sample company: the same statements,
 * the same answers, the same flags of the JVM, in turns. Prints one table.
 */
public final class Bench {
  private Bench() {}

  /** Measures and prints; {@link BenchOptions#USAGE} has the options. */
  public static void main(String[] arguments) throws Exception {
    BenchOptions options;
    try {
      options = BenchOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + BenchOptions.USAGE);
      System.exit(2);
      return;
    }
    System.out.print(run(options));
  }

  /** Measures and gives the table. */
  static String run(BenchOptions options) throws Exception {
    Path folder = Files.createTempDirectory("bindery-bench");
    int customers = options.customers();
    Company company = Company.of(customers, 5 * customers, 2 * customers);
    try (Databases databases =
        options.urls().isEmpty()
            ? Databases.embedded(company)
            : Databases.given(options.urls(), company)) {
      StringBuilder table = new StringBuilder();
      if (!options.workloads().isEmpty()) {
        table.append(rows(options, folder, databases));
      }
      if (options.starts() > 0) {
        table.append(
            ColdStart.measure(folder.resolve("start"), databases.places(), options.starts()));
        table.append(drops(options, folder.resolve("drops"), databases.places().get(0)));
      }
      if (options.binds() > 0) {
        table.append(ManyBinds.measure(folder, options.binds()));
      }
      return table.toString();
    } finally {
      delete(folder);
    }
  }

  private static String rows(BenchOptions options, Path folder, Databases databases)
      throws Exception {
    int customers = options.customers();
    try (HostContender host = HostContender.start(folder.resolve("home"), databases.places());
        PeerContender jdbc = PeerContender.start("jdbc", host.flags(), databases.places());
        PeerContender mybatis = PeerContender.start("mybatis", host.flags(), databases.places());
        StatementMeter statements = new StatementMeter(databases.places())) {
      return "%d customers, %d orders, %d tickets; %d rounds, warm; %d look-ups a round%n"
              .formatted(customers, 5 * customers, 2 * customers, options.rounds(), options.asked())
          + "flags of every JVM: %s%n".formatted(String.join(" ", host.flags()))
          + table(
              new Rows(options, folder, databases, List.of(host, jdbc, mybatis), statements)
                  .measure());
    }
  }

  private static String drops(BenchOptions options, Path home, Place customers) throws Exception {
    InsideJar.write(Files.createDirectories(home.resolve("deploy")).resolve("benchmark.jar"));
    Files.copy(
        Distribution.folder().resolve("deploy/crm-model.jar"),
        home.resolve("deploy/crm-model.jar"));
    try (PackedHost host = PackedHost.start(home)) {
      return HotDrops.measure(host, customers, options.starts());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static String table(Map<Workload, Map<String, Figures>> all) {
    StringBuilder table = new StringBuilder();
    table.append(
        "%-48s %-8s %8s %8s %10s %9s %10s %10s %10s%n"
            .formatted(
                "medians",
                "",
                "wall ms",
                "cpu ms",
                "servers ms",
                "peak MiB",
                "statements",
                "cpu/jdbc",
                "wall/jdbc"));
    all.forEach(
        (workload, figures) -> {
          Figures jdbc = Objects.requireNonNull(figures.get("jdbc"));
          figures.forEach(
              (name, own) ->
                  table.append(
                      "%-48s %-8s %8.0f %8.0f %10.0f %9.0f %10.0f %10.2f %10.2f%n"
                          .formatted(
                              name.equals("bindery") ? workload.title() : "",
                              name,
                              own.median(Figures.Round::wall),
                              own.median(Figures.Round::cpu),
                              own.median(Figures.Round::servers),
                              own.median(Figures.Round::peak),
                              own.median(Figures.Round::statements),
                              own.ratio(jdbc, Figures.Round::cpu),
                              own.ratio(jdbc, Figures.Round::wall))));
        });
    return table.toString();
  }
}
