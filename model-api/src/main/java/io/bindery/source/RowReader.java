package io.bindery.source;

import io.bindery.error.BinderyException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads rows one after another. A row is valid until the next {@link #next()}. For one thread at a
 * time, but for {@link #abort()}. Columns are counted from 0; the typed getters are for columns of
 * just that type and for values that are not null.
 */
@ConsumerType
public interface RowReader extends AutoCloseable {
  /**
   * Goes to the next row.
   *
   * @return false when there is none; then and after an error every further call does the same
   *     again
   * @throws BinderyException when the database fails, the deadline passes, the reader is aborted,
   *     or a row breaks the declared order; the message names source and bind
   */
  boolean next();

  /**
   * Whether the row has no value in a column.
   *
   * @param column the column's index
   */
  boolean isNull(int column);

  /**
   * The value of an INTEGER column.
   *
   * @param column the column's index
   */
  long getLong(int column);

  /**
   * The value of a DOUBLE column.
   *
   * @param column the column's index
   */
  double getDouble(int column);

  /**
   * The value of a DECIMAL column, with the scale that the database gave it.
   *
   * @param column the column's index
   */
  BigDecimal getDecimal(int column);

  /**
   * The value of a column of any type, as {@link ColumnType} says, or null.
   *
   * @param column the column's index
   */
  @Nullable Object value(int column);

  /**
   * The value of a column of any type as text: numbers in plain notation, times in ISO 8601, bytes
   * as base64.
   *
   * @param column the column's index
   * @param target is pointed at the text
   */
  void text(int column, Utf8Slice target);

  /**
   * Whether the texts of a column are at hand, as the database sent them, so that {@link #text}
   * costs less than {@link #value}; else each text is made of the value. The same for all rows.
   *
   * @param column the column's index
   */
  default boolean hasTexts(int column) {
    return false;
  }

  /** The row as the object that a mapper made or an aggregate promises, for Java callers. */
  Object row();

  /**
   * Stops the reading from any thread, also one that waits in {@link #next()}, and the statement in
   * the database. The reader must still be closed.
   */
  void abort();

  /** Ends the reading and gives back what it holds, stopping a statement that still yields rows. */
  @Override
  void close();
}
