package io.bindery.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What Linux tells of processes. */
final class ProcessMeter {
  private ProcessMeter() {}

  /** The processor time of some processes, in milliseconds; a hundredth of a second is a unit. */
  static long cpuMillis(List<Long> processes) {
    return processes.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToLong(Duration::toMillis)
        .sum();
  }

  /** Lets the peak of a process' memory begin anew. */
  static void resetPeak(long process) throws IOException {
    Files.writeString(Path.of("/proc/" + process + "/clear_refs"), "5");
  }

  /** The most memory that was resident since {@link #resetPeak}, in KiB. */
  static long peakKib(long process) throws IOException {
    return field(process, "VmHWM:");
  }

  /** The memory that is resident, in KiB. */
  static long residentKib(long process) throws IOException {
    return field(process, "VmRSS:");
  }

  private static long field(long process, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("\\D+", ""));
      }
    }
    throw new IOException("process " + process + " tells no " + name);
  }
}
