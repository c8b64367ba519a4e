package io.bindery.bind;

import io.bindery.error.BinderyException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A hold on one generation of a bind, for one unit of work. Closing it returns every connection
 * that it gave out. The methods may be called from any thread, one at a time; {@link #kill} and
 * {@link #close} at any time.
 */
@ProviderType
public interface BindLease extends AutoCloseable {
  /** The bind key. */
  String bindKey();

  /** The number of the pinned generation. */
  long generation();

  /** The name that MyBatis' {@code databaseId} compares with, as the bind type gives it. */
  String databaseId();

  /** How a large result is read row by row from this kind of database. */
  StreamingMode streaming();

  /**
   * Takes a connection from the generation's pool, in autocommit mode.
   *
   * @return a connection; the caller closes it before the lease
   * @throws BinderyException UNAVAILABLE or TIMEOUT with bind and cause when there is none within
   *     the pool's connectionTimeout; a failure to connect takes the bind down
   */
  Connection connection();

  /**
   * The same for a caller who has less time.
   *
   * @param limit how long it may take; the pool's connectionTimeout holds when that is less
   * @return a connection; the caller closes it before the lease
   * @throws BinderyException as the other, and TIMEOUT when the limit is over, which says nothing
   *     of the database
   */
  Connection connection(Duration limit);

  /**
   * Says what the next statements are part of, for logs and records; does nothing unless those are
   * kept.
   *
   * @param what such as {@code mapper method 'CustomerMapper.byId'}
   */
  default void doing(String what) {}

  /**
   * The bytes of a result's rows as they come from the database, for readers that need no objects.
   *
   * @param rows a result of a connection of this lease, before its first row
   * @return null when this kind of database, driver or result does not give them; then JDBC does
   */
  default @Nullable RowBytes bytes(ResultSet rows) {
    return null;
  }

  /**
   * Stops what a connection of this lease is doing in the database, within about a second: by the
   * bind type's kill, else by aborting the connection. Returns when it is stopped; never throws.
   *
   * @param connection a connection that this lease gave out
   */
  void kill(Connection connection);

  /**
   * Tells what an error of the database means, and takes the bind down when it means that the
   * database cannot be reached.
   *
   * @param failure what the driver threw
   * @param doing what was being done, for the message, such as {@code "source 'customers'"}
   * @return an exception to throw, with the bind's name in its message
   */
  BinderyException explain(SQLException failure, String doing);

  /** Ends the hold. Does nothing the second time. */
  @Override
  void close();
}
