package io.bindery.shell.internal.rows;

import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.RunListener;
import io.bindery.shell.internal.text.Screen;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Process;
import org.jspecify.annotations.Nullable;

/**
 * A line on a terminal that says how far a long run is, until something else is printed there. Safe
 * for all threads.
 */
final class Progress implements RunListener {
  private static final long PATIENCE_NANOS = 1_000_000_000L;
  private static final String ERASE = "\r\u001b[K";
  private static final int FEW = 3;

  private final @Nullable PrintStream terminal;
  private final Screen screen;
  private final long started = System.nanoTime();
  private final AtomicLong rows = new AtomicLong();
  private final List<String> opening = new ArrayList<>();
  private int asked;
  private @Nullable Supplier<List<Outcome>> outcomes;
  private boolean shown;
  private boolean over;

  /**
   * Progress on a terminal.
   *
   * @param terminal the terminal, or null when nobody looks
   * @param screen how wide it is
   */
  Progress(@Nullable PrintStream terminal, Screen screen) {
    this.terminal = terminal;
    this.screen = screen;
  }

  /** Progress for the command of the calling thread, if a person looks at it. */
  static Progress on(Screen screen) {
    Process process = Process.Utils.current();
    return new Progress(screen.terminal() && process != null ? process.err() : null, screen);
  }

  /** All sources are asked. */
  @Override
  public synchronized void opening(Run run, List<Outcome> sources) {
    asked = sources.size();
    opening.clear();
    sources.forEach(source -> opening.add(name(source)));
  }

  @Override
  public synchronized void opened(Run run, Outcome source) {
    opening.remove(name(source));
  }

  @Override
  public synchronized void sourceDone(Run run, Outcome source) {
    opening.remove(name(source));
  }

  /**
   * The rows begin.
   *
   * @param sources what each source has done so far; empty when that is not known
   */
  synchronized void reading(Supplier<List<Outcome>> sources) {
    outcomes = sources;
  }

  /** One row more. */
  void row() {
    rows.lazySet(rows.get() + 1);
  }

  /** How many rows there were. */
  long rows() {
    return rows.get();
  }

  /** Shows how far it is, after a while. */
  synchronized void tick() {
    if (!over && System.nanoTime() - started >= PATIENCE_NANOS) {
      show();
    }
  }

  /** Shows how far it is. */
  synchronized void show() {
    if (terminal != null) {
      print(ERASE + screen.fit(line()));
      shown = true;
    }
  }

  /** Makes room for other output, for good. */
  synchronized void hide() {
    over = true;
    if (shown) {
      print(ERASE);
      shown = false;
    }
  }

  private void print(String text) {
    if (terminal == null) {
      return;
    }
    try {
      terminal.print(text);
      terminal.flush();
    } catch (RuntimeException e) {
      over = true; // whoever looked has gone
    }
  }

  private String line() {
    return outcomes == null ? openingLine() : readingLine(outcomes.get());
  }

  private String openingLine() {
    int open = asked - opening.size();
    return asked == 0
        ? "waiting for sources"
        : "%d of %d sources open%s".formatted(open, asked, waitingFor(opening));
  }

  private String readingLine(List<Outcome> sources) {
    String line = String.format(Locale.ROOT, "%,d rows so far", rows.get());
    if (sources.isEmpty()) {
      return line;
    }
    long read = sources.stream().mapToLong(Outcome::rows).sum();
    List<String> running =
        sources.stream()
            .filter(source -> source.status() == Outcome.Status.RUNNING)
            .map(Progress::name)
            .toList();
    return line
        + String.format(
            Locale.ROOT,
            " of %,d read, %d of %d sources done%s",
            read,
            sources.size() - running.size(),
            sources.size(),
            waitingFor(running));
  }

  private static String waitingFor(List<String> names) {
    return names.isEmpty() || names.size() > FEW
        ? ""
        : names.stream().collect(Collectors.joining(", ", ", waiting for ", ""));
  }

  private static String name(Outcome source) {
    return source.bind() == null ? source.source() : source.source() + "@" + source.bind();
  }
}
