package io.bindery.bind;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The current row of a result as the bytes that the database sent. Columns are counted from 1, as
 * JDBC counts them. For one thread at a time. The bytes are lent until the result goes to its next
 * row, and not to be changed; the result can still be read in JDBC's way.
 */
@ConsumerType
public interface RowBytes {
  /** What the bytes of a column are. */
  enum Form {
    /** Characters in UTF-8. */
    TEXT,
    /** A whole number in decimal digits, perhaps after a minus sign, perhaps filled with zeros. */
    INTEGER,
    /** The same, perhaps with a fraction after a point; never with an exponent. */
    DECIMAL,
    /** {@code 2026-02-28}; perhaps a day that no calendar has, such as {@code 0000-00-00}. */
    DATE,
    /** {@code 23:59:59.125}, perhaps without a fraction; perhaps no time of a day. */
    TIME,
    /** A date, a space and a time of the day. */
    DATETIME,
    /** Something else, which JDBC must read. */
    OTHER
  }

  /** How many columns there are. */
  int columns();

  /**
   * What the bytes of a column are, in all rows.
   *
   * @param column the column, from 1
   */
  Form form(int column);

  /**
   * Finds the columns of the row to which {@link ResultSet#next()} went just now.
   *
   * @throws SQLException when the result is closed or the driver fails
   */
  void locate() throws SQLException;

  /**
   * The array that holds the bytes of a column of the located row.
   *
   * @param column the column, from 1
   */
  byte[] array(int column);

  /**
   * Where the bytes of a column begin.
   *
   * @param column the column, from 1
   */
  int offset(int column);

  /**
   * How many bytes a column has, or -1 when it is null.
   *
   * @param column the column, from 1
   */
  int length(int column);
}
