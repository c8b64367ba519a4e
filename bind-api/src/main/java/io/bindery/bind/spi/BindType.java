package io.bindery.bind.spi;

import io.bindery.bind.RowBytes;
import io.bindery.bind.StreamingMode;
import io.bindery.error.BinderyException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of database. A bundle that registers one as a service adds the kind to a running host;
 * when the service goes, the binds of the kind wait for it. All methods may be called from any
 * thread.
 */
@ConsumerType
public interface BindType {
  /** The name that {@code type} in a bind's configuration and the property bind.type hold. */
  String name();

  /** The URL schemes that mean this type, also as sub-protocols of {@code jdbc:} URLs. */
  Set<String> schemes();

  /** The name that a model's {@code databaseId} compares with. */
  String databaseId();

  /**
   * Makes a data source that opens a new connection at each call and keeps none. Connects nowhere.
   *
   * @param settings where and how
   * @return a data source without a pool
   * @throws BinderyException CONFIGURATION, naming each setting that cannot work
   */
  DataSource dataSource(ConnectionSettings settings);

  /**
   * Where the database is, for people: neither user, password nor query.
   *
   * @param settings where and how
   * @return such as {@code mysql://db1:3306/crm}
   */
  String displayUrl(ConnectionSettings settings);

  /** How a large result is read row by row. */
  StreamingMode streaming();

  /**
   * The bytes of a result's rows as they come from the database.
   *
   * @param rows a result of a connection of {@link #dataSource}, before its first row, perhaps
   *     wrapped; unwrap it
   * @return null when the driver or the result does not give them
   * @throws SQLException when the result is closed; taken for null
   */
  default @Nullable RowBytes bytes(ResultSet rows) throws SQLException {
    return null;
  }

  /**
   * How long the server lets a connection be idle before it closes it. Asked once for each probe.
   *
   * @param connection a connection of {@link #dataSource}, made for the probe
   * @return null when there is no limit or it is not known
   * @throws SQLException when the database fails to say; taken for null
   */
  default @Nullable Duration idleLimit(Connection connection) throws SQLException {
    return null;
  }

  /**
   * Stops the statement that a connection is executing or whose result it is reading, and leaves
   * the connection usable.
   *
   * @param running a connection of {@link #dataSource}, perhaps wrapped; unwrap it
   * @param side opens a further connection to the same database
   * @throws SQLException when that cannot be done; the connection is then aborted
   */
  void kill(Connection running, DataSource side) throws SQLException;

  /**
   * An ORDER BY expression that sorts a text by its UTF-8 bytes, without folding or padding.
   *
   * @param expression a text column or expression in this database's SQL
   */
  String orderTextAsBinary(String expression);

  /**
   * What an error means, by the server's own codes. What is the same for every driver need not be
   * known here: {@link FailureKind#of} finds it among the causes (no such host, refused, no answer,
   * broken, TLS) and in the SQLSTATE classes of the standard.
   *
   * @param failure what the driver threw
   * @return null when its code means nothing in particular
   */
  @Nullable FailureKind classify(SQLException failure);

  /**
   * What a person can do about an error.
   *
   * @param failure what the driver threw
   * @param kind what it means
   * @return a few words without a full stop, naming settings by their keys; perhaps empty
   */
  default String remedy(SQLException failure, FailureKind kind) {
    return kind.remedy();
  }

  /**
   * What a database says of itself, for a person who tries a bind: {@code server}, its product and
   * version, when the driver's own words are not right; {@code user}, whom it takes the login for;
   * {@code access}, whether that user may write; {@code tls}, how the connection is encrypted. No
   * secrets.
   *
   * @param connection a connection of {@link #dataSource}; it is closed afterwards
   * @return short texts by name, in the order to show them; what cannot be found out is left out
   * @throws SQLException when the database refuses to tell
   */
  default Map<String, String> facts(Connection connection) throws SQLException {
    return Map.of();
  }
}
