package io.bindery.mybatis.internal.session;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.executor.ErrorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a statement in a unit of work, which live as long as the unit. Each row is read under
 * the model's class loader, by the thread whose turn it is. A result that was stopped, or that lost
 * its connection, ends with an error and never as a short answer.
 */
final class UnitCursor<T> implements Cursor<T> {
  private static final Logger LOG = LoggerFactory.getLogger(UnitCursor.class);

  private enum State {
    OPEN,
    READ_TO_ITS_END,
    CLOSED
  }

  private final Cursor<T> rows;
  private final UnitTransaction transaction;
  private final ClassLoader loader;
  private final String name;

  private @Nullable Iterator<T> iterator;
  private State state = State.OPEN;
  private long read;

  /**
   * Rows before the first.
   *
   * @param rows MyBatis' cursor
   * @param transaction where they are read
   * @param loader the model's class loader
   * @param name the statement's name, for messages
   */
  UnitCursor(Cursor<T> rows, UnitTransaction transaction, ClassLoader loader, String name) {
    this.rows = rows;
    this.transaction = transaction;
    this.loader = loader;
    this.name = name;
  }

  /** Whether nothing is left to read in the database. */
  boolean isDone() {
    return state != State.OPEN;
  }

  @Override
  public boolean isOpen() {
    return state == State.OPEN && rows.isOpen();
  }

  @Override
  public boolean isConsumed() {
    return rows.isConsumed();
  }

  @Override
  public int getCurrentIndex() {
    return rows.getCurrentIndex();
  }

  @Override
  public Iterator<T> iterator() {
    if (iterator != null) {
      throw new IllegalStateException(this + ": a cursor can be iterated once only");
    }
    Iterator<T> rest = new Rows(rows.iterator());
    iterator = rest;
    return rest;
  }

  /** Stops what is left in the database; the unit goes on. */
  @Override
  public void close() {
    if (isDone()) {
      return;
    }
    transaction.unit().enter(toString());
    try {
      abandon();
    } finally {
      transaction.unit().leave();
    }
  }

  /** Ends it without asking the unit. */
  void abandon() {
    if (!isDone()) {
      state = State.CLOSED;
      transaction.stopReading();
      try (ThreadLoader ignored = ThreadLoader.use(loader)) {
        rows.close();
      } catch (IOException e) {
        LOG.debug("{}: cannot close it", this, e);
      }
    }
  }

  private @Nullable T fetch(Iterator<T> source) {
    transaction.unit().enter(toString());
    transaction.beginCall(transaction.unit().deadline());
    try (ThreadLoader ignored = ThreadLoader.use(loader)) {
      if (state == State.CLOSED) {
        throw broken(ErrorCode.CONFIGURATION, "it was closed");
      }
      if (source.hasNext()) {
        T row = source.next();
        read++;
        return row;
      }
      requireWholeResult();
      state = State.READ_TO_ITS_END;
      return null;
    } catch (Throwable e) {
      ErrorContext.instance().reset(); // what a row that is read well never touches
      abandon();
      transaction.unit().failed(transaction, e);
      transaction.unit().refuseAfterEnd(toString(), e);
      throw unchecked(Failures.explain(e, transaction.lease(), toString()));
    } finally {
      transaction.endCall();
      transaction.unit().leave();
    }
  }

  private void requireWholeResult() throws SQLException {
    if (transaction.isKilled()) {
      throw broken(ErrorCode.TIMEOUT, "it was stopped");
    }
    if (transaction.isLost()) {
      throw broken(ErrorCode.UNAVAILABLE, "the connection was closed");
    }
  }

  private BinderyException broken(ErrorCode code, String what) {
    String key = transaction.lease().bindKey();
    return new BinderyException(
        code,
        key,
        "%s on bind '%s': %s after %d rows, before the last".formatted(this, key, what, read),
        null);
  }

  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }

  @Override
  public String toString() {
    return "cursor of '%s'".formatted(name);
  }

  /** The rows, each fetched when it is asked for. */
  private final class Rows implements Iterator<T> {
    private final Iterator<T> source;
    private @Nullable T next;

    Rows(Iterator<T> source) {
      this.source = source;
    }

    @Override
    public boolean hasNext() {
      if (next == null && state != State.READ_TO_ITS_END) {
        next = fetch(source);
      }
      return next != null;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException(UnitCursor.this + ": there are no more rows");
      }
      T row = next;
      next = null;
      if (row == null) {
        throw new NoSuchElementException(UnitCursor.this + ": there are no more rows");
      }
      return row;
    }
  }
}
