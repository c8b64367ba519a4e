package io.bindery.benchmarks;

import io.bindery.benchmarks.peer.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A peer in a JVM of its own, with the flags of the host's. */
record PeerContender(String name, Process process, Writer input, BufferedReader output)
    implements Contender {
  static PeerContender start(String name, List<String> flags, List<Place> places)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Peer.class.getName(), name));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Writer input = process.outputWriter(StandardCharsets.UTF_8);
    for (Place place : places) {
      input.write(place.url() + "\n");
    }
    return new PeerContender(name, process, input, process.inputReader(StandardCharsets.UTF_8));
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Answer work(Workload workload, Path path) throws IOException {
    String clients = workload.asks() ? " " + workload.clients() : "";
    input.write(workload.name().toLowerCase(Locale.ROOT) + " " + path + clients + "\n");
    input.flush();
    String line = output.readLine();
    if (line == null) {
      throw new IOException(name + " has ended");
    }
    return Answer.parse(line);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
