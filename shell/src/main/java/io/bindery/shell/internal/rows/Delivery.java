package io.bindery.shell.internal.rows;

import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.RunListener;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.text.OutputClosedException;
import io.bindery.shell.internal.text.Screen;
import io.bindery.shell.internal.text.Utf8Output;
import io.bindery.shell.internal.words.Arguments;
import io.bindery.shell.internal.words.Option;
import io.bindery.source.RowReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;

/**
 * Brings one answer to where it is wanted, in the format that is wanted. It is prepared before the
 * question is asked, so that a file that cannot be written costs no query. For one thread.
 */
public final class Delivery implements AutoCloseable {
  /** The options that choose where and how. */
  public static final List<Option> OPTIONS =
      List.of(
          Option.valued("--format", "table|json|ndjson|csv", "how rows are printed"),
          Option.valued("--limit", "N", "at most so many rows"),
          Option.valued("--timeout", "TIME", "how long it may take: 500ms, 5s, 2m, 1h"),
          Option.valued("--out", "FILE", "a file that appears when it is whole"));

  private final RowFormat format;
  private final Screen screen;
  private final long limit;
  private final @Nullable OutputFile file;
  private final PrintStream stdout;
  private final LongSupplier nanoClock;
  private final long started;
  private final Progress progress;

  private Delivery(
      RowFormat format,
      Screen screen,
      long limit,
      @Nullable OutputFile file,
      LongSupplier nanoClock) {
    this.format = format;
    this.screen = screen;
    this.limit = limit;
    this.file = file;
    this.stdout = System.out;
    this.nanoClock = nanoClock;
    this.started = nanoClock.getAsLong();
    this.progress = Progress.on(screen);
  }

  /**
   * Prepares what the options say.
   *
   * @param session whose command it is
   * @param arguments its words
   * @param nanoClock the time, as {@link System#nanoTime} tells it
   * @throws BinderyException when an option is wrong or the file cannot be written
   */
  public static Delivery of(CommandSession session, Arguments arguments, LongSupplier nanoClock) {
    return of(session, arguments, limit(arguments), nanoClock);
  }

  /**
   * Prepares what the options say, with another limit.
   *
   * @param session whose command it is
   * @param arguments its words
   * @param limit how many rows are delivered at most
   * @param nanoClock the time, as {@link System#nanoTime} tells it
   * @throws BinderyException when an option is wrong or the file cannot be written
   */
  public static Delivery of(
      CommandSession session, Arguments arguments, long limit, LongSupplier nanoClock) {
    RowFormat format = RowFormat.of(arguments.option("--format", "table"));
    String out = arguments.option("--out");
    OutputFile file = out == null ? null : OutputFile.at(session.currentDir().resolve(out));
    return new Delivery(format, Screen.of(session), limit, file, nanoClock);
  }

  /**
   * How many rows are wanted at most.
   *
   * @param arguments a command's words
   */
  public static long limit(Arguments arguments) {
    return arguments.count("--limit", Long.MAX_VALUE);
  }

  /**
   * Opens what is to be delivered, and shows how far that is.
   *
   * @param open opens it, telling the listener
   */
  public <T> T open(Function<RunListener, T> open) {
    try (Watch watch = new Watch(() -> {}, progress::tick)) {
      return open.apply(progress);
    } catch (RuntimeException e) {
      progress.hide();
      throw e;
    }
  }

  /**
   * Delivers an answer. Returns early, without an error, when nobody reads what is printed.
   *
   * @param answer what to deliver; its reader is not closed
   * @return whether every source gave all
   * @throws BinderyException when the answer fails, or the thread is interrupted
   */
  public boolean deliver(Answer answer) {
    progress.reading(answer::outcomesNow);
    Utf8Output out =
        file == null ? Utf8Output.to(stdout, progress::hide) : new Utf8Output(file.stream());
    RowWriter writer = format.writer(answer, out, file == null ? screen : Screen.NONE);
    try {
      RowWriter.End end = write(answer, writer, out);
      writer.end(end);
      out.flush();
      progress.hide();
      if (file != null) {
        file.publish();
        stdout.println(file.path() + ": " + TableRows.summary(end));
      }
      complain(end);
      end.conflicts()
          .forEach(
              (source, rows) ->
                  System.err.printf(
                      Locale.ROOT,
                      "bindery: source '%s': %s left out, as an earlier row had the same key%n",
                      source,
                      TableRows.count(rows, "row")));
      if (end.next() != null && format != RowFormat.JSON) {
        System.err.println("next page: --after " + end.next());
      }
      if (end.noNext() != null && format != RowFormat.JSON) {
        System.err.println("bindery: " + end.noNext());
      }
      return end.complete();
    } catch (OutputClosedException e) {
      return true;
    } catch (IOException e) {
      throw file == null
          ? new BinderyException(
              ErrorCode.UNAVAILABLE, null, "cannot print: " + OutputFile.reason(e), e)
          : OutputFile.refused(file.path(), OutputFile.reason(e), e);
    } finally {
      progress.hide();
    }
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }

  private RowWriter.End write(Answer answer, RowWriter writer, Utf8Output out) throws IOException {
    RowReader rows = answer.rows();
    try (Watch watch = new Watch(rows::abort, () -> tick(out))) {
      try {
        writer.begin();
        // asks once more after the last row wanted: only then are the outcomes final
        while (rows.next() && progress.rows() < limit) {
          writer.row(rows);
          progress.row();
        }
      } catch (BinderyException | IOException e) {
        if (watch.interrupted()) {
          throw interrupted(answer, e);
        }
        throw e;
      }
      if (watch.interrupted()) {
        throw interrupted(answer, null);
      }
    }
    long millis = Math.max(0, nanoClock.getAsLong() - started) / 1_000_000;
    return answer.end(progress.rows(), millis);
  }

  /**
   * Who looks at what is printed is to see the rows as they come; a file is seen when it is whole.
   */
  private void tick(Utf8Output out) {
    progress.tick();
    if (file == null) {
      out.hurry();
    }
  }

  private BinderyException interrupted(Answer answer, @Nullable Throwable cause) {
    String message =
        "%s: interrupted after %s"
            .formatted(answer.subject(), TableRows.count(progress.rows(), "row"));
    return new BinderyException(ErrorCode.UNAVAILABLE, null, message, cause);
  }

  /** Tells of each source that did not give all, and at last how many did. */
  private static void complain(RowWriter.End end) {
    if (end.complete() || end.outcomes().isEmpty()) {
      return;
    }
    long answered = 0;
    for (Outcome outcome : end.outcomes()) {
      if (outcome.status() == Outcome.Status.OK) {
        answered++;
      } else {
        System.err.println("bindery: " + complaint(outcome));
      }
    }
    System.err.printf(
        Locale.ROOT,
        "bindery: %,d of %,d sources answered, the answer is not complete%n",
        answered,
        end.outcomes().size());
  }

  private static String complaint(Outcome outcome) {
    String source = "source '%s'".formatted(outcome.source());
    String bind = outcome.bind() == null ? "" : "bind '%s': ".formatted(outcome.bind());
    String who = bind.isEmpty() ? source + ": " : source + " on " + bind;
    String error = outcome.error();
    if (error == null) {
      return who + outcome.status().word();
    }
    if (error.startsWith(who) || (bind.isEmpty() && error.contains(source))) {
      return error;
    }
    String why = error.startsWith(bind) ? error.substring(bind.length()) : error;
    return who + outcome.status().word() + ": " + why;
  }
}
