package io.bindery.shell.internal.rows;

import io.bindery.aggregate.Outcome;
import io.bindery.source.RowReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One format of an answer. For one thread and one answer. */
interface RowWriter {
  /**
   * Writes what stands before the rows.
   *
   * @throws IOException when nobody reads, or the output fails
   */
  void begin() throws IOException;

  /**
   * Writes the reader's current row.
   *
   * @param rows the reader
   * @throws IOException when nobody reads, or the output fails
   */
  void row(RowReader rows) throws IOException;

  /**
   * Writes what stands after the rows of an answer that did not fail.
   *
   * @param end how it ended
   * @throws IOException when nobody reads, or the output fails
   */
  void end(End end) throws IOException;

  /**
   * How an answer ended.
   *
   * @param rows how many rows were written
   * @param outcomes what each source did; empty when there is nothing to say
   * @param complete whether every source gave all
   * @param millis how long it took
   * @param next the token of the page behind the last row, or null
   * @param noNext why there is none although rows follow, or null
   * @param conflicts how many rows of each source were left out of a merge
   */
  record End(
      long rows,
      List<Outcome> outcomes,
      boolean complete,
      long millis,
      @Nullable String next,
      @Nullable String noNext,
      Map<String, Long> conflicts) {}
}
