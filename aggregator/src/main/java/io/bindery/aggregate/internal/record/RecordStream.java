package io.bindery.aggregate.internal.record;

import io.bindery.aggregate.AggregateRun;
import io.bindery.source.RowReader;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows as records, one after another. It is never split: an answer is read by one thread.
 *
 * @param <R> the record's class
 */
public final class RecordStream<R extends Record> implements Spliterator<R> {
  private final RowReader rows;
  private final RecordShape<R> shape;
  private long number;

  private RecordStream(RowReader rows, RecordShape<R> shape) {
    this.rows = rows;
    this.shape = shape;
  }

  /**
   * The rows of a run. Closing the stream closes the run.
   *
   * @param run the run
   * @param shape how its rows become records
   */
  public static <R extends Record> Stream<R> of(AggregateRun run, RecordShape<R> shape) {
    return StreamSupport.stream(new RecordStream<>(run.rows(), shape), false).onClose(run::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super R> action) {
    if (!rows.next()) {
      return false;
    }
    number++;
    action.accept(shape.read(rows, number));
    return true;
  }

  @Override
  public @Nullable Spliterator<R> trySplit() {
    return null;
  }

  @Override
  public long estimateSize() {
    return Long.MAX_VALUE;
  }

  @Override
  public int characteristics() {
    return ORDERED | NONNULL;
  }
}
