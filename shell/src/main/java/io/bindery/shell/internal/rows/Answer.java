package io.bindery.shell.internal.rows;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.Outcome;
import io.bindery.model.Models.CalledRows;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows to deliver, and who gave them.
 *
 * @param subject what was asked, for messages, such as {@code aggregate 'revenue'}
 * @param columns what each row holds
 * @param rows the rows
 * @param outcomes what each source did; null when there is just one and nothing to say
 * @param complete whether every source gave all
 * @param next the token of the page behind the last row, or null
 */
public record Answer(
    String subject,
    List<Column> columns,
    RowReader rows,
    @Nullable Supplier<List<Outcome>> outcomes,
    BooleanSupplier complete,
    Supplier<@Nullable String> next) {

  /**
   * The answer of an aggregate.
   *
   * @param name the aggregate's name
   * @param run the run, which the caller closes
   */
  public static Answer of(String name, AggregateRun run) {
    String subject = "aggregate '" + name + "'";
    return new Answer(subject, run.columns(), run.rows(), run::outcomes, run::complete, run::next);
  }

  /**
   * The answer of a mapper method.
   *
   * @param method the method as it was typed
   * @param called the rows, which the caller closes
   */
  public static Answer of(String method, CalledRows called) {
    return new Answer(
        "method '" + method + "'", called.columns(), called.reader(), null, () -> true, () -> null);
  }

  /** What each source has done so far; empty when that is not known. */
  List<Outcome> outcomesNow() {
    return outcomes == null ? List.of() : outcomes.get();
  }
}
