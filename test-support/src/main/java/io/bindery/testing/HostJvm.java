package io.bindery.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the JVM of a host tells of itself through the JDK's {@code jcmd}: threads and live objects.
 */
public final class HostJvm {
  private static final String BUNDLE_LOADER =
      "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";
  private static final Pattern THREAD = Pattern.compile("^\"([^\"]*)\" ", Pattern.MULTILINE);
  private static final Pattern OBJECTS =
      Pattern.compile("^ *\\d+: +(\\d+) +(\\d+) +(\\S+)", Pattern.MULTILINE);
  private static final Pattern TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)", Pattern.MULTILINE);

  private final long pid;

  /**
   * Looks at one JVM of this user.
   *
   * @param pid its process id
   */
  public HostJvm(long pid) {
    this.pid = pid;
  }

  /**
   * The objects that are alive after a collection.
   *
   * @param bundleLoaders how many class loaders of bundles there are
   * @param bytes the size of all objects, in bytes
   */
  public record Live(long bundleLoaders, long bytes) {}

  /** The process, for its processor time. */
  public ProcessHandle process() {
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new AssertionError("process " + pid + " has ended"));
  }

  /** The names of the threads, sorted; of a pool each by its own name. */
  public List<String> threads() {
    return THREAD.matcher(jcmd("Thread.print")).results().map(m -> m.group(1)).sorted().toList();
  }

  /** Collects garbage and counts what is left. */
  public Live live() {
    String histogram = jcmd("GC.class_histogram");
    long loaders =
        OBJECTS
            .matcher(histogram)
            .results()
            .filter(m -> m.group(3).equals(BUNDLE_LOADER))
            .mapToLong(m -> Long.parseLong(m.group(1)))
            .sum();
    Matcher total = TOTAL.matcher(histogram);
    if (loaders == 0 || !total.find()) {
      throw new AssertionError("process " + pid + ": no histogram of a host, but\n" + histogram);
    }
    return new Live(loaders, Long.parseLong(total.group(1)));
  }

  /** What {@code jcmd} prints for a command. */
  public String jcmd(String command) {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(program.toString(), Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.onExit().join().exitValue();
      if (exit != 0) {
        throw new AssertionError("jcmd " + command + " of process " + pid + ": " + out);
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException("jcmd " + command + " of process " + pid, e);
    }
  }
}
