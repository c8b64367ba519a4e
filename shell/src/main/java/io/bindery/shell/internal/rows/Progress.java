package io.bindery.shell.internal.rows;

import io.bindery.aggregate.Outcome;
import io.bindery.shell.internal.text.Screen;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.service.command.Process;
import org.jspecify.annotations.Nullable;

/**
 * A line on a terminal that says how far a long run is, until something else is printed there. Safe
 * for all threads.
 */
final class Progress {
  private static final long PATIENCE_NANOS = 1_000_000_000L;
  private static final String ERASE = "\r\u001b[K";

  private final @Nullable PrintStream terminal;
  private final Answer answer;
  private final long started = System.nanoTime();
  private final AtomicLong rows = new AtomicLong();
  private boolean shown;
  private boolean over;

  private Progress(@Nullable PrintStream terminal, Answer answer) {
    this.terminal = terminal;
    this.answer = answer;
  }

  /** Progress for the command of the calling thread, if a person looks at it. */
  static Progress of(Answer answer, Screen screen) {
    Process process = Process.Utils.current();
    return new Progress(screen.terminal() && process != null ? process.err() : null, answer);
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
    if (terminal == null || over || System.nanoTime() - started < PATIENCE_NANOS) {
      return;
    }
    terminal.print(ERASE + line());
    terminal.flush();
    shown = true;
  }

  /** Makes room for other output, for good. */
  synchronized void hide() {
    over = true;
    if (terminal != null && shown) {
      terminal.print(ERASE);
      terminal.flush();
      shown = false;
    }
  }

  private String line() {
    List<Outcome> outcomes = answer.outcomesNow();
    long done = outcomes.stream().filter(o -> o.status() != Outcome.Status.RUNNING).count();
    String sources =
        outcomes.isEmpty() ? "" : ", %d of %d sources done".formatted(done, outcomes.size());
    return String.format(Locale.ROOT, "%,d rows so far%s", rows.get(), sources);
  }
}
