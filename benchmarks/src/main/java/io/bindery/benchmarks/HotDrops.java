package io.bindery.benchmarks;

import io.bindery.testing.PackedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** From the rename of a file to its rows in an answer, measured inside the host. */
final class HotDrops {
  private static final int BEFORE = 2;

  private HotDrops() {}

  /**
   * Drops a bind's file and a model's jar some times, and takes each away again.
   *
   * @param host has the benchmark's bundle
   * @param place a database of customers
   * @return medians in milliseconds
   */
  static String measure(PackedHost host, Place place, int rounds) throws Exception {
    Path home = host.home();
    host.drop("bindery.aggregate-fresh.cfg", "union = customers@(bind.key=fresh)");
    Path config = home.resolve("etc/bindery.bind-fresh.cfg");
    Path jar = home.resolve("deploy/crm-model.jar");
    Path kept = Files.createDirectories(home.resolve("kept"));
    double[] files = new double[rounds];
    double[] jars = new double[rounds];
    try (HostClient client = new HostClient(home)) {
      for (int round = -BEFORE; round < rounds; round++) {
        Path bind = kept.resolve("bind");
        Files.writeString(bind, "url = " + place.url() + "\nlabel.role = crm\n");
        double file = arrival(client, bind, config);
        Path model = kept.resolve("model");
        Files.move(jar, model);
        client.ask("bench:gone", "fresh");
        double arrived = arrival(client, model, jar);
        Files.delete(config);
        client.ask("bench:gone", "fresh");
        if (round >= 0) {
          files[round] = file;
          jars[round] = arrived;
        }
      }
    }
    return "%-48s config file %.0f ms, model jar %.0f ms%n"
        .formatted("drop to rows in an answer", Figures.median(files), Figures.median(jars));
  }

  private static double arrival(HostClient client, Path from, Path to) throws IOException {
    String nanos = client.ask("bench:arrival", from.toString(), to.toString(), "fresh");
    return Long.parseLong(nanos.strip()) / 1e6;
  }
}
