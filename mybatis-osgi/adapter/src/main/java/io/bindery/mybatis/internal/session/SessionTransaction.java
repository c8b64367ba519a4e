package io.bindery.mybatis.internal.session;

import io.bindery.bind.StreamingMode;
import java.sql.SQLException;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.transaction.Transaction;

/**
 * MyBatis' view of a lease: one connection, taken when it is first needed, and the time that
 * remains. {@link #kill} may be called from any thread at any time, all else by one thread.
 */
interface SessionTransaction extends Transaction {
  /**
   * Takes notice of a statement, and refuses one that may not run now.
   *
   * @param statement the statement
   */
  void begin(MappedStatement statement);

  /**
   * Prepares the connection for a result that is read row by row.
   *
   * @param mode what the bind type needs for that
   */
  void stream(StreamingMode mode) throws SQLException;

  /**
   * Takes notice of a result that is read row by row.
   *
   * @param cursor its rows
   * @param statement where they come from
   * @param loader the model's class loader
   * @return the cursor to hand out
   */
  <T> Cursor<T> opened(Cursor<T> cursor, MappedStatement statement, ClassLoader loader);

  /** Stops what the connection is doing, if there is one. */
  void kill();

  /** Whether the connection was closed by somebody else. */
  boolean isLost() throws SQLException;

  /**
   * Ends MyBatis' use of the connection.
   *
   * @throws io.bindery.error.BinderyException when something written is lost with that
   */
  @Override
  void close();
}
