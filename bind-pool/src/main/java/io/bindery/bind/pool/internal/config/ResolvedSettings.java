package io.bindery.bind.pool.internal.config;

import io.bindery.bind.spi.ConnectionSettings;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one generation, checked, with every placeholder resolved.
 *
 * @param type the name of the bind type as given, or null when the URL's scheme decides
 * @param connection where and how to connect
 * @param pool the pool
 * @param drainTimeoutMillis how long a replaced generation may finish its work
 * @param log what is told of statements and connections
 * @param labels the labels, without prefix
 * @param redaction keeps the secrets out of messages
 */
public record ResolvedSettings(
    @Nullable String type,
    ConnectionSettings connection,
    PoolSettings pool,
    long drainTimeoutMillis,
    LogSettings log,
    Map<String, String> labels,
    Redaction redaction) {

  /**
   * Whether nothing at all differs.
   *
   * @param other the newer settings
   */
  public boolean isSameAs(ResolvedSettings other) {
    return connection.equals(other.connection)
        && pool.equals(other.pool)
        && drainTimeoutMillis == other.drainTimeoutMillis
        && log.equals(other.log)
        && labels.equals(other.labels);
  }

  /**
   * Whether a pool made for these settings can serve others, perhaps after a live change.
   *
   * @param other the newer settings
   */
  public boolean canBecome(ResolvedSettings other) {
    return Objects.equals(connection.password(), other.connection.password())
        && Objects.equals(connection.jdbcUrl(), other.connection.jdbcUrl())
        && canTakeOver(other);
  }

  /**
   * Whether connections that were made with these settings can serve others: the same user of the
   * same database, at most with another password.
   *
   * @param other the newer settings
   */
  public boolean canTakeOver(ResolvedSettings other) {
    return place(connection).equals(place(other.connection)) && pool.canBecome(other.pool);
  }

  private static ConnectionSettings place(ConnectionSettings c) {
    return new ConnectionSettings(
        c.scheme(),
        c.jdbcUrl() == null ? null : Redaction.withoutPasswords(c.jdbcUrl()),
        c.host(),
        c.port(),
        c.database(),
        c.user(),
        null,
        c.unixSocket(),
        c.parameters(),
        c.driver(),
        0);
  }
}
