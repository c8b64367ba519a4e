package io.bindery.mybatis.internal.rows;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.mybatis.internal.session.Failures;
import io.bindery.mybatis.internal.session.MapperSession;
import io.bindery.mybatis.internal.session.ReadingUnit;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows as the objects that MyBatis makes of them. What it holds is given back as soon as the
 * last row was read or an error came, at the latest when it is closed.
 */
public final class ObjectRows implements RowReader {
  private final RowShape shape;
  private final OrderCheck order;
  private final Iterator<?> rows;
  private final ReadingUnit unit;
  private final MapperSession.Work<Object> fetching = this::fetch;

  private long number;
  private @Nullable Object row;
  private boolean ended;
  private @Nullable BinderyException failure;

  /**
   * A reader before its first row.
   *
   * @param shape the columns of each row
   * @param order what the rows are ordered by; empty for nothing
   * @param rows the objects, perhaps still in the database
   * @param unit the unit of work that they are read in; ended by this reader
   */
  public ObjectRows(RowShape shape, List<SortKey> order, Iterator<?> rows, ReadingUnit unit) {
    this.shape = shape;
    this.order = new OrderCheck(order, shape);
    this.rows = rows;
    this.unit = unit;
  }

  @Override
  public boolean next() {
    if (failure != null) {
      throw failure;
    }
    if (ended) {
      return false;
    }
    try {
      stopIfAsked();
      Object next = unit.reading(fetching);
      if (next == null) {
        requireWholeResult();
        end(false);
        return false;
      }
      number++;
      String broken = order.next(next, shape);
      if (broken != null) {
        throw raise(
            ErrorCode.CONFIGURATION,
            "row %d breaks the declared order %s; let its statement order by the same columns,"
                    .formatted(number, broken)
                + " texts by their UTF-8 bytes",
            null);
      }
      row = next;
      return true;
    } catch (Throwable e) {
      BinderyException error = explain(e);
      failure = error;
      end(true);
      throw error;
    }
  }

  private @Nullable Object fetch() {
    return rows.hasNext() ? present(rows.next()) : null;
  }

  private void stopIfAsked() {
    if (unit.isStopped() || (number & 31) == 0) {
      BinderyException stopped = unit.stopped(number, null);
      if (stopped != null) {
        failure = stopped;
        throw stopped;
      }
    }
  }

  /**
   * MyBatis takes a result that was closed under it for one that has ended: a reading that was
   * stopped, or lost its connection, must not pass for a short answer.
   */
  private void requireWholeResult() throws SQLException {
    BinderyException stopped = unit.isStopped() ? unit.stopped(number, null) : null;
    if (stopped != null) {
      throw stopped;
    }
    if (unit.session().isConnectionLost()) {
      throw raise(
          ErrorCode.UNAVAILABLE,
          "the connection was closed after %d rows, before the last".formatted(number),
          null);
    }
  }

  /** A row of nulls instead of the null that MyBatis makes of it. */
  private Object present(@Nullable Object next) {
    Object object = next == null ? shape.emptyRow() : next;
    if (object == null) {
      throw raise(
          ErrorCode.CONFIGURATION,
          "row %d holds nothing but null, of which no row object can be made".formatted(number + 1),
          null);
    }
    return object;
  }

  private BinderyException explain(Throwable cause) {
    if (failure != null) {
      return failure;
    }
    BinderyException stopped = unit.stopped(number, cause);
    if (stopped != null) {
      return stopped;
    }
    return cause instanceof BinderyException known
        ? known
        : raise(
            ErrorCode.CONFIGURATION,
            "row %d: %s".formatted(number + 1, Failures.rootMessage(cause)),
            cause);
  }

  private BinderyException raise(ErrorCode code, String what, @Nullable Throwable cause) {
    BinderyException error =
        new BinderyException(code, unit.bindKey(), unit.subject() + ": " + what, cause);
    failure = error;
    return error;
  }

  private void end(boolean unfinished) {
    ended = true;
    row = null;
    unit.end(unfinished);
  }

  @Override
  public boolean isNull(int column) {
    return shape.raw(row(), column) == null;
  }

  @Override
  public long getLong(int column) {
    return ((Number) present(column)).longValue();
  }

  @Override
  public double getDouble(int column) {
    return (Double) present(column);
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return (BigDecimal) present(column);
  }

  private Object present(int column) {
    Object value = value(column);
    if (value == null) {
      throw new IllegalStateException("column '%s' is null".formatted(name(column)));
    }
    return value;
  }

  @Override
  public @Nullable Object value(int column) {
    return shape.value(row(), column);
  }

  @Override
  public void text(int column, Utf8Slice target) {
    byte[] bytes = ColumnValues.utf8(present(column));
    target.set(bytes, 0, bytes.length);
  }

  @Override
  public Object row() {
    Object current = row;
    if (current == null) {
      // a run that gives up closes its readers while somebody may still look at a row
      BinderyException stopped = unit.stopped(number, null);
      if (stopped != null) {
        throw stopped;
      }
      throw new IllegalStateException(unit.subject() + ": there is no row; call next() first");
    }
    return current;
  }

  private String name(int column) {
    return shape.columns().get(column).name();
  }

  @Override
  public void abort() {
    unit.stop("aborted");
  }

  @Override
  public void close() {
    if (!ended) {
      end(true);
    }
  }
}
