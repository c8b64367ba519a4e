package io.bindery.bind.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and how to log in, with every placeholder resolved: the parsed {@code url}
 * with the separate parts laid over it. Either {@code jdbcUrl} is given, and is for the driver as
 * it stands, or the parts are.
 *
 * @param scheme the URL's scheme without driver suffix ({@code mysql}), or the bind type's name
 *     when there was no URL
 * @param jdbcUrl a whole {@code jdbc:} URL, or null
 * @param host the host, or null for the type's default
 * @param port the TCP port, or null for the type's default
 * @param database the database (MySQL: schema), or null
 * @param user the user, or null
 * @param password the password, or null
 * @param unixSocket the path of a unix-domain socket, or null
 * @param parameters the URL's query except {@code unix_socket}, decoded, for the bind type to
 *     translate
 * @param driver the {@code driver.*} settings without the prefix, for the driver as they are
 * @param connectTimeoutMillis how long the driver may take to connect and log in
 */
public record ConnectionSettings(
    String scheme,
    @Nullable String jdbcUrl,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String database,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable String unixSocket,
    Map<String, String> parameters,
    Map<String, String> driver,
    long connectTimeoutMillis) {

  /** Copies the maps. */
  public ConnectionSettings {
    parameters = Map.copyOf(parameters);
    driver = Map.copyOf(driver);
  }
}
