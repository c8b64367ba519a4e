package io.bindery.bind.postgresql.internal;

import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.JdbcUrl;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Where a server is: for the driver, and for people. */
final class ServerAddress {
  private static final int DEFAULT_PORT = 5432;
  private static final Pattern LOGIN = Pattern.compile("jdbc:postgresql:(//)?[^?]*@");

  private ServerAddress() {}

  /**
   * The URL for the driver, without user and password unless they stand in a {@code jdbc:} URL.
   *
   * @throws BinderyException CONFIGURATION when the driver cannot read a {@code jdbc:} URL
   */
  static String jdbcUrl(ConnectionSettings settings) {
    String given = settings.jdbcUrl();
    if (given == null) {
      String database = settings.database() == null ? "" : settings.database();
      return "jdbc:postgresql://%s:%d/%s"
          .formatted(
              host(settings), port(settings), URLEncoder.encode(database, StandardCharsets.UTF_8));
    }
    String url = normalized(given);
    if (hasLogin(url)) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "url: the driver takes no login before the host of a jdbc: url; give user and .password");
    }
    if (Driver.parseURL(url, null) == null) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION, "url: the driver cannot read this jdbc: url");
    }
    return url;
  }

  /** The address for {@link EveryAddressSocketFactory}. */
  static String target(ConnectionSettings settings, long limitMillis) {
    return EveryAddressSocketFactory.target(limitMillis, port(settings), host(settings));
  }

  /** The address without user, password and query. */
  static String shown(ConnectionSettings settings) {
    String given = settings.jdbcUrl();
    if (given != null) {
      return shownJdbc(normalized(given));
    }
    String database = settings.database() == null ? "" : settings.database();
    String socket = socket(settings);
    return socket == null
        ? "postgresql://%s:%d/%s".formatted(host(settings), port(settings), database)
        : "postgresql://%s/%s".formatted(socket, database);
  }

  private static String shownJdbc(String url) {
    Properties parsed = JdbcUrl.isPlain(url) && !hasLogin(url) ? Driver.parseURL(url, null) : null;
    if (parsed == null) {
      return JdbcUrl.shown(url);
    }
    String[] hosts = parsed.getProperty("PGHOST", "localhost").split(",");
    String[] ports = parsed.getProperty("PGPORT", "" + DEFAULT_PORT).split(",");
    StringBuilder shown = new StringBuilder("postgresql://");
    for (int i = 0; i < hosts.length; i++) {
      shown.append(i == 0 ? "" : ",").append(hosts[i]).append(':').append(ports[i]);
    }
    return shown.append('/').append(parsed.getProperty("PGDBNAME", "")).toString();
  }

  /** The driver would take a password before the host for a port, and log it. */
  private static boolean hasLogin(String url) {
    return LOGIN.matcher(url).lookingAt();
  }

  /**
   * The unix socket, or null when the server is reached by TCP. As in other clients of PostgreSQL
   * it may be given as a folder, also in place of the host; the port is then a part of its name.
   */
  static @Nullable String socket(ConnectionSettings settings) {
    String given = settings.unixSocket();
    String host = settings.parameters().getOrDefault("host", settings.host());
    if (given == null && host != null && host.startsWith("/")) {
      given = host;
    }
    if (given == null) {
      return null;
    }
    return given.substring(given.lastIndexOf('/') + 1).startsWith(".s.PGSQL.")
        ? given
        : given.replaceFirst("/+$", "") + "/.s.PGSQL." + port(settings);
  }

  /** The host, an IPv6 address in brackets. */
  private static String host(ConnectionSettings settings) {
    String host = settings.host();
    if (host == null || socket(settings) != null) {
      return "localhost";
    }
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static int port(ConnectionSettings settings) {
    return settings.port() == null ? DEFAULT_PORT : settings.port();
  }

  /** A {@code jdbc:} URL under the only name that the driver answers to. */
  private static String normalized(String jdbcUrl) {
    return jdbcUrl.replaceFirst("^jdbc:postgres:", "jdbc:postgresql:");
  }
}
