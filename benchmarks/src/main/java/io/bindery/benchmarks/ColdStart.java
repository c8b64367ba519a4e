package io.bindery.benchmarks;

import io.bindery.testing.PackedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * From the start of {@code bindery run} to the first merged answer, in a home that was used before.
 */
final class ColdStart {
  private static final int BEFORE = 2;

  private ColdStart() {}

  /**
   * Starts and stops a host some times.
   *
   * @return medians: ready, answered, and the processor time until then, in milliseconds
   */
  static String measure(Path home, List<Place> places, int rounds) throws Exception {
    Path etc = Files.createDirectories(home.resolve("etc"));
    List<String> binds = List.of("crm", "shop", "support");
    for (int i = 0; i < places.size(); i++) {
      Files.writeString(
          etc.resolve("bindery.bind-" + binds.get(i) + ".cfg"),
          "url = " + places.get(i).url() + "\nlabel.role = " + binds.get(i) + "\n");
    }
    Files.write(
        etc.resolve("bindery.aggregate-customer360.cfg"),
        List.of(
            "merge = customers, orders, tickets",
            "key = email",
            "select.orders = count() as orders, sum(amount) as total",
            "select.tickets = count(status = 'open') as open_tickets"));
    double[] ready = new double[rounds];
    double[] answered = new double[rounds];
    double[] cpu = new double[rounds];
    for (int round = -BEFORE; round < rounds; round++) {
      long start = System.nanoTime();
      try (PackedHost host = PackedHost.start(home)) {
        double now = millisSince(start);
        ask(home);
        if (round >= 0) {
          ready[round] = now;
          answered[round] = millisSince(start);
          cpu[round] = ProcessMeter.cpuMillis(List.of(host.jvm().process().pid()));
        }
      }
    }
    return "%-48s ready %.0f ms, answered %.0f ms, cpu %.0f ms%n"
        .formatted(
            "start of a host to the first merged answer",
            Figures.median(ready),
            Figures.median(answered),
            Figures.median(cpu));
  }

  private static void ask(Path home) throws IOException {
    try (HostClient client = new HostClient(home)) {
      String answer = client.ask("aggregate:run", "customer360", "--limit", "1", "--format", "csv");
      if (answer.lines().count() != 2) {
        throw new IOException("not one row: " + answer);
      }
    }
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
