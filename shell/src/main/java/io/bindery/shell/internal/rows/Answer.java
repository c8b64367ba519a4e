package io.bindery.shell.internal.rows;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.Outcome;
import io.bindery.model.Models.CalledRows;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows to deliver, and who gave them.
 *
 * @param subject what was asked, for messages, such as {@code aggregate 'revenue'}
 * @param columns what each row holds
 * @param rows the rows
 * @param run the run that gives them, or null when there is just one source and nothing to say
 */
public record Answer(
    String subject, List<Column> columns, RowReader rows, @Nullable AggregateRun run) {

  /**
   * The answer of an aggregate.
   *
   * @param name the aggregate's name
   * @param run the run, which the caller closes
   */
  public static Answer of(String name, AggregateRun run) {
    return new Answer("aggregate '" + name + "'", run.columns(), run.rows(), run);
  }

  /**
   * The answer of a mapper method.
   *
   * @param method the method as it was typed
   * @param called the rows, which the caller closes
   */
  public static Answer of(String method, CalledRows called) {
    return new Answer("method '" + method + "'", called.columns(), called.reader(), null);
  }

  /** What each source has done so far; empty when that is not known. */
  List<Outcome> outcomesNow() {
    return run == null ? List.of() : run.outcomes();
  }

  /** How it ended, when the last row was read. */
  RowWriter.End end(long count, long millis) {
    return run == null
        ? new RowWriter.End(count, List.of(), true, millis, null, null, Map.of())
        : new RowWriter.End(
            count,
            run.outcomes(),
            run.complete(),
            millis,
            run.next(),
            run.noNext(),
            run.conflicts());
  }
}
