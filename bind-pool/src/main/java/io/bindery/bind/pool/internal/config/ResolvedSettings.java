package io.bindery.bind.pool.internal.config;

import io.bindery.bind.spi.ConnectionSettings;
import java.util.Map;
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
   * Whether a pool made for these settings can serve others, perhaps after a live change.
   *
   * @param other the newer settings
   */
  public boolean canBecome(ResolvedSettings other) {
    return sameTime(connection).equals(sameTime(other.connection)) && pool.canBecome(other.pool);
  }

  private static ConnectionSettings sameTime(ConnectionSettings c) {
    return new ConnectionSettings(
        c.scheme(),
        c.jdbcUrl(),
        c.host(),
        c.port(),
        c.database(),
        c.user(),
        c.password(),
        c.unixSocket(),
        c.parameters(),
        c.driver(),
        0);
  }
}
