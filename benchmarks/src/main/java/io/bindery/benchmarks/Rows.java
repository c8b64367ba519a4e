package io.bindery.benchmarks;

import io.bindery.samples.company.Company;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The workloads, with all contenders in one run: each round has one turn of each. */
final class Rows {
  /** What Bindery's first lines begin with. */
  private static final Set<String> HEADERS = Set.of("email,", "bind_key,", "country,");

  private final BenchOptions options;
  private final Path folder;
  private final Databases databases;
  private final List<Contender> contenders;
  private final StatementMeter statements;
  private final Path emails;

  Rows(
      BenchOptions options,
      Path folder,
      Databases databases,
      List<Contender> contenders,
      StatementMeter statements)
      throws IOException {
    this.options = options;
    this.folder = folder;
    this.databases = databases;
    this.contenders = contenders;
    this.statements = statements;
    this.emails = folder.resolve("emails");
    Company company = Company.of(options.customers(), 0, 0);
    // spread over all customers, some of whom do not exist
    Files.write(
        emails,
        IntStream.range(0, options.asked())
            .mapToObj(
                i ->
                    i % 50 == 49
                        ? "nobody." + i + "@example.org"
                        : company.customer(1 + (int) (i * 7919L % options.customers())).email())
            .toList());
  }

  /** Measures and gives the figures by workload and contender. */
  Map<Workload, Map<String, Figures>> measure() throws Exception {
    Map<Workload, Map<String, Figures>> all = new EnumMap<>(Workload.class);
    for (Workload workload : options.workloads()) {
      Map<String, Figures> figures = new LinkedHashMap<>();
      contenders.forEach(contender -> figures.put(contender.name(), new Figures()));
      for (int round = -options.warmUps(); round < options.rounds(); round++) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (Contender contender : contenders) {
          Figures.Round measured = round(contender, workload, answers);
          if (round >= 0) {
            Objects.requireNonNull(figures.get(contender.name())).add(measured);
          }
        }
        compare(workload, answers);
      }
      all.put(workload, figures);
    }
    return all;
  }

  private Figures.Round round(Contender contender, Workload workload, Map<String, String> answers)
      throws Exception {
    Path out = folder.resolve(contender.name() + "-" + workload.name().toLowerCase(Locale.ROOT));
    if (workload == Workload.ROWS) {
      Files.createDirectories(out);
    }
    ProcessMeter.resetPeak(contender.pid());
    long sent = statements.count();
    long servers = ProcessMeter.cpuMillis(databases.processes());
    long cpu = ProcessMeter.cpuMillis(List.of(contender.pid()));
    Contender.Answer answer = contender.work(workload, workload.asks() ? emails : out);
    Figures.Round round =
        new Figures.Round(
            answer.nanos() / 1e6,
            ProcessMeter.cpuMillis(List.of(contender.pid())) - cpu,
            ProcessMeter.cpuMillis(databases.processes()) - servers,
            ProcessMeter.peakKib(contender.pid()) / 1024.0,
            statements.between(sent, statements.count()));
    answers.put(contender.name(), workload.asks() ? Long.toString(answer.sum()) : fingerprint(out));
    return round;
  }

  private static void compare(Workload workload, Map<String, String> answers) {
    if (answers.values().stream().distinct().count() > 1) {
      throw new IllegalStateException(workload + ": the answers differ: " + answers);
    }
  }

  /** Of all lines of all files, whatever their order. */
  private static String fingerprint(Path out) throws IOException {
    long[] sum = new long[2];
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          lines
              .filter(line -> !HEADERS.contains(line.substring(0, line.indexOf(',') + 1)))
              .forEach(
                  line -> {
                    CRC32 crc = new CRC32();
                    crc.update(line.getBytes(StandardCharsets.UTF_8));
                    sum[0] += crc.getValue();
                    sum[1]++;
                  });
        } catch (UncheckedIOException e) {
          throw new IOException(file + ": " + e.getMessage(), e);
        }
      }
    }
    return sum[1] + " lines, " + sum[0];
  }
}
