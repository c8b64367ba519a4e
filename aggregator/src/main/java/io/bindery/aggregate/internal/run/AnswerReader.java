package io.bindery.aggregate.internal.run;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The rows of an answer: what the last operator gives, and the end of the run. */
final class AnswerReader implements RowReader {
  private final RowReader root;
  private final RunningAnswer run;
  private final List<Column> columns;
  private final boolean strict;
  private final PageEnd page;
  private final AtomicLong count = new AtomicLong();
  private volatile @Nullable BinderyException failure;
  private volatile boolean finished;
  private boolean begun;

  AnswerReader(
      RowReader root, RunningAnswer run, List<Column> columns, boolean strict, PageEnd page) {
    this.root = root;
    this.run = run;
    this.columns = columns;
    this.strict = strict;
    this.page = page;
  }

  /** How many rows were read. */
  long count() {
    return count.get();
  }

  /** What ended the answer, or null. */
  @Nullable BinderyException failure() {
    return failure;
  }

  boolean isFinished() {
    return finished && failure == null;
  }

  /** The deadline has passed: a partial answer goes on with what it holds. */
  synchronized void expire(BinderyException timeout) {
    if (strict && !finished && failure == null) {
      failure = timeout;
    }
  }

  /** The run was closed: there is no next row, also for a thread that waits for one. */
  synchronized void abandon() {
    if (!finished && failure == null) {
      failure = new BinderyException(ErrorCode.INTERNAL, "the run was closed");
    }
  }

  @Override
  public boolean next() {
    if (finished) {
      return false;
    }
    if (!begun) {
      begun = true;
      run.begin();
    }
    try {
      boolean more = failure == null && root.next() && page.takes(root);
      BinderyException why = failure;
      if (why != null) {
        throw why;
      }
      if (!more) {
        root.close();
        finish();
      } else {
        count.lazySet(count.getPlain() + 1);
      }
      return more;
    } catch (RuntimeException | Error e) { // an Error, too, ends the run
      throw failed(e);
    }
  }

  private synchronized void finish() {
    BinderyException why = failure;
    if (why != null) {
      throw why;
    }
    finished = true;
    run.finish("not needed");
  }

  private synchronized BinderyException failed(Throwable e) {
    BinderyException why = failure;
    if (why == null) {
      why =
          e instanceof BinderyException known
              ? known
              : new BinderyException(ErrorCode.INTERNAL, null, e.toString(), e);
      failure = why;
      run.finish("stopped, because the run failed");
      root.close();
    }
    return why;
  }

  @Override
  public boolean isNull(int column) {
    return root.isNull(column);
  }

  @Override
  public long getLong(int column) {
    return root.getLong(column);
  }

  @Override
  public double getDouble(int column) {
    return root.getDouble(column);
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return root.getDecimal(column);
  }

  @Override
  public @Nullable Object value(int column) {
    return root.value(column);
  }

  @Override
  public void text(int column, Utf8Slice target) {
    root.text(column, target);
  }

  @Override
  public boolean hasTexts(int column) {
    return root.hasTexts(column);
  }

  /** The values by the names of the answer's columns, in their order. */
  @Override
  public Object row() {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i).name(), root.value(i));
    }
    return Collections.unmodifiableMap(row);
  }

  @Override
  public void abort() {
    run.close();
  }

  @Override
  public void close() {
    run.close();
  }
}
