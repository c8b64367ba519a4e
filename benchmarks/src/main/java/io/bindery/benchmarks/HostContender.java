package io.bindery.benchmarks;

import io.bindery.testing.PackedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The packed host, with a bundle of the benchmark's dropped into it. */
record HostContender(PackedHost host, HostClient client) implements Contender {
  private static final List<String> TABLES = List.of("customers", "orders", "tickets");
  private static final String RECORD =
      "select.%1$s_amounts = count() as orders, sum(amount) as total";
  private static final String OPEN = "select.%1$s_states = count(status = 'open') as open_tickets";

  static HostContender start(Path home, List<Place> places) throws IOException {
    List<String> binds = List.of("crm", "shop", "support");
    Path etc = Files.createDirectories(home.resolve("etc"));
    for (int i = 0; i < binds.size(); i++) {
      file(
          etc, "bind-" + binds.get(i), "url = " + places.get(i).url(), "pool.maximumPoolSize = 16");
    }
    for (String kind : List.of("the", "sorted")) {
      file(
          etc,
          "aggregate-" + (kind.equals("the") ? "records" : "sorted"),
          "merge = %1$s_customers, %1$s_amounts, %1$s_states".formatted(kind),
          "key = email",
          RECORD.formatted(kind),
          OPEN.formatted(kind));
    }
    file(
        etc,
        "aggregate-customer_amounts",
        "merge = the_customers, the_amounts",
        "key = email",
        RECORD.formatted("the"));
    file(
        etc,
        "aggregate-countries",
        "from = customer_amounts",
        "group = country",
        "select = count() as customers, sum(orders) as orders, sum(total) as amount");
    for (String table : TABLES) {
      file(etc, "aggregate-all_" + table, "union = the_" + table);
    }
    InsideJar.write(Files.createDirectories(home.resolve("deploy")).resolve("benchmark.jar"));
    PackedHost host = PackedHost.start(home);
    return new HostContender(host, new HostClient(home));
  }

  private static void file(Path etc, String name, String... lines) throws IOException {
    Files.write(etc.resolve("bindery." + name + ".cfg"), List.of(lines));
  }

  /** The flags of its JVM that a program has which is no bundle. */
  List<String> flags() {
    List<String> flags = new ArrayList<>();
    for (String each : host.jvm().process().info().arguments().orElse(new String[0])) {
      boolean ours = each.startsWith("-Dbindery.") || each.startsWith("-XX:SharedArchiveFile");
      if (each.startsWith("-X") && !ours || each.startsWith("-D") && !ours) {
        flags.add(each);
      }
    }
    return flags;
  }

  @Override
  public String name() {
    return "bindery";
  }

  @Override
  public long pid() {
    return host.jvm().process().pid();
  }

  @Override
  public Answer work(Workload workload, Path path) throws Exception {
    long start = System.nanoTime();
    switch (workload) {
      case RECORDS -> run(client, "records", path);
      case SORTED -> run(client, "sorted", path);
      case COUNTRIES -> run(client, "countries", path);
      case ROWS -> allRows(path);
      case LOOKUPS -> {
        return commands("bench:lookups", path, workload.clients());
      }
      case CALLS -> {
        return commands("bench:calls", path, workload.clients());
      }
    }
    return new Answer(System.nanoTime() - start, 0);
  }

  private Answer commands(String command, Path emails, int clients) throws IOException {
    return Answer.parse(client.ask(command, emails.toString(), Integer.toString(clients)));
  }

  private static void run(HostClient client, String aggregate, Path file) throws IOException {
    client.ask(
        "aggregate:run",
        aggregate,
        "--format",
        "csv",
        "--out",
        file.toString(),
        "--timeout",
        "10m");
  }

  private void allRows(Path folder) {
    List<CompletableFuture<Void>> running =
        TABLES.stream()
            .map(
                table ->
                    CompletableFuture.runAsync(
                        () -> {
                          try (HostClient own = new HostClient(host.home())) {
                            run(own, "all_" + table, folder.resolve(table));
                          } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                          }
                        }))
            .toList();
    running.forEach(CompletableFuture::join);
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      host.close();
    }
  }
}
