package io.bindery.bind.mysql.internal;

import io.bindery.bind.spi.ConnectionSettings;

/** How Connector/J wants addresses to be written. */
final class DriverUrl {
  private DriverUrl() {}

  /** A {@code jdbc:} URL under the only name that the driver answers to. */
  static String normalized(String jdbcUrl) {
    return jdbcUrl.replaceFirst("^jdbc:mariadb:", "jdbc:mysql:");
  }

  /** The host, an IPv6 address in brackets. */
  static String host(ConnectionSettings settings) {
    String host = settings.host() == null ? "localhost" : settings.host();
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  /** Whether the server can only be on this machine. */
  static boolean isLocal(ConnectionSettings settings) {
    String host = settings.host() == null ? "localhost" : settings.host();
    return settings.unixSocket() != null
        || host.equals("localhost")
        || host.equals("::1")
        || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
  }
}
