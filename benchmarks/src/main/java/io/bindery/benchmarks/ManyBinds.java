package io.bindery.benchmarks;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.HostJvm;
import io.bindery.testing.PackedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What idle binds cost: the difference between a host with few and one with many. */
final class ManyBinds {
  private static final int FEW = 10;
  private static final long PATIENCE_SECONDS = 120;

  private ManyBinds() {}

  /**
   * What one host needs.
   *
   * @param millis from its start until all binds are up
   * @param threads when all connections were given up
   * @param heap MiB of live objects
   * @param resident MiB of the process
   */
  private record Cost(double millis, long threads, double heap, double resident) {}

  /**
   * Starts a host with ten binds and one with more.
   *
   * @param more how many more
   * @return the differences
   */
  static String measure(Path folder, int more) throws Exception {
    try (MariaDbServer server = MariaDbServer.start("--max-connections=" + (more + 100))) {
      server.execute("", "CREATE DATABASE idle");
      Cost few = cost(folder.resolve("few"), FEW, server);
      Cost many = cost(folder.resolve("many"), FEW + more, server);
      return "%-48s start %+.0f ms, threads %+d, heap %+.1f MiB, resident %+.1f MiB%n"
          .formatted(
              more + " idle binds beyond " + FEW,
              many.millis() - few.millis(),
              many.threads() - few.threads(),
              many.heap() - few.heap(),
              many.resident() - few.resident());
    }
  }

  private static Cost cost(Path home, int binds, MariaDbServer server) throws Exception {
    Path etc = Files.createDirectories(home.resolve("etc"));
    // connections are given up as soon as a pool can
    Files.writeString(etc.resolve("bindery.defaults.cfg"), "pool.idleTimeout = 10000\n");
    for (int i = 0; i < binds; i++) {
      Files.writeString(
          etc.resolve("bindery.bind-idle" + i + ".cfg"), "url = " + server.url("idle") + "\n");
    }
    long start = System.nanoTime();
    try (PackedHost host = PackedHost.start(home);
        HostClient client = new HostClient(home)) {
      await(() -> up(client) == binds, binds + " binds up");
      double millis = (System.nanoTime() - start) / 1e6;
      await(() -> server.connections().isEmpty(), "connections given up");
      HostJvm jvm = host.jvm();
      double heap = jvm.live().bytes() / 1048576.0;
      long process = jvm.process().pid();
      return new Cost(
          millis, jvm.threads().size(), heap, ProcessMeter.residentKib(process) / 1024.0);
    }
  }

  private static long up(HostClient client) throws IOException {
    String list = client.ask("bind:list", "--format", "json");
    return List.of(list.split("\"state\":\"up\"", -1)).size() - 1;
  }

  private interface State {
    boolean holds() throws IOException;
  }

  private static void await(State state, String what) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!state.holds()) {
      if (System.nanoTime() > end) {
        throw new IOException("not after two minutes: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
