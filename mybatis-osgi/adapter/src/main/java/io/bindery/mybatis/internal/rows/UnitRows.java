package io.bindery.mybatis.internal.rows;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.mybatis.internal.session.Failures;
import io.bindery.mybatis.internal.session.ReadingUnit;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a statement in a unit of work. What it holds is given back as soon as the last
 * row was read or an error came, at the latest when it is closed.
 */
abstract class UnitRows implements RowReader {
  private final RowShape shape;
  private final OrderCheck order;
  private final ReadingUnit unit;

  private long number;
  private boolean ended;
  private @Nullable BinderyException failure;

  /**
   * A reader before its first row.
   *
   * @param shape the columns of each row
   * @param order what the rows are ordered by; empty for nothing
   * @param unit the unit of work that they are read in; ended by this reader
   */
  UnitRows(RowShape shape, List<SortKey> order, ReadingUnit unit) {
    this.shape = shape;
    this.order = new OrderCheck(order, shape);
    this.unit = unit;
  }

  /**
   * Goes to the next row in the database.
   *
   * @return whether there is one
   */
  abstract boolean fetch() throws Throwable;

  /** Lets go of the row, as the reading has ended. */
  abstract void forget();

  /** The columns of the rows. */
  final RowShape shape() {
    return shape;
  }

  /** The unit of work that they are read in. */
  final ReadingUnit unit() {
    return unit;
  }

  @Override
  public final boolean next() {
    if (failure != null) {
      throw failure;
    }
    if (ended) {
      return false;
    }
    try {
      stopIfAsked();
      if (!fetch()) {
        requireWholeResult();
        end(false);
        return false;
      }
      number++;
      String broken = order.next(this);
      if (broken != null) {
        throw raise(
            ErrorCode.CONFIGURATION,
            "row %d breaks the declared order %s; let its statement order by the same columns,"
                    .formatted(number, broken)
                + " texts by their UTF-8 bytes",
            null);
      }
      return true;
    } catch (Throwable e) {
      BinderyException error = explain(e);
      failure = error;
      end(true);
      throw error;
    }
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

  /** The error of a row that is all null where the row's object has no room for that. */
  final BinderyException nothing() {
    return raise(
        ErrorCode.CONFIGURATION,
        "row %d holds nothing but null, of which no row object can be made".formatted(number + 1),
        null);
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
    forget();
    unit.end(unfinished);
  }

  /** The error of who looks at a row that is not there. */
  final RuntimeException noRow() {
    // a run that gives up closes its readers while somebody may still look at a row
    BinderyException stopped = unit.stopped(number, null);
    return stopped != null
        ? stopped
        : new IllegalStateException(unit.subject() + ": there is no row; call next() first");
  }

  /** The error of who reads a null by a getter that has none. */
  final IllegalStateException isNothing(int column) {
    return new IllegalStateException(
        "column '%s' is null".formatted(shape.columns().get(column).name()));
  }

  @Override
  public final void abort() {
    unit.stop("aborted");
  }

  @Override
  public final void close() {
    if (!ended) {
      end(true);
    }
  }
}
