package io.bindery.bind.postgresql.internal;

import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of the driver for one generation: Bindery's defaults, over them what the URL's query
 * says, over that {@code driver.*}.
 */
final class DriverSettings {
  private DriverSettings() {}

  /**
   * Puts the settings together.
   *
   * @throws BinderyException CONFIGURATION, with all that is wrong
   */
  static Map<String, String> of(ConnectionSettings settings) {
    List<String> problems = new ArrayList<>();
    Map<String, String> fromUrl = new LinkedHashMap<>();
    settings
        .parameters()
        .forEach((name, value) -> UrlParameters.translate(name, value, fromUrl, problems));
    DriverProperties.check("url: ", fromUrl, problems);
    DriverProperties.check("driver.", settings.driver(), problems);
    if (!problems.isEmpty()) {
      throw new BinderyException(ErrorCode.CONFIGURATION, String.join("; ", problems));
    }
    Map<String, String> all = defaults(settings);
    all.putAll(fromUrl);
    all.putAll(settings.driver());
    if (settings.jdbcUrl() == null
        && !all.containsKey("socketFactory")
        && !all.containsKey("localSocketAddress")) {
      all.put("socketFactory", EveryAddressSocketFactory.class.getName());
      long limitMillis = Integer.parseInt(all.getOrDefault("connectTimeout", "0")) * 1_000L;
      all.put("socketFactoryArg", ServerAddress.target(settings, limitMillis));
    }
    return all;
  }

  private static Map<String, String> defaults(ConnectionSettings settings) {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("ApplicationName", "bindery");
    long seconds = (settings.connectTimeoutMillis() + 999) / 1_000;
    defaults.put("connectTimeout", String.valueOf(seconds));
    defaults.put("cancelSignalTimeout", String.valueOf(seconds));
    defaults.put("sslResponseTimeout", String.valueOf(settings.connectTimeoutMillis()));
    defaults.put("gssResponseTimeout", String.valueOf(settings.connectTimeoutMillis()));
    defaults.put("tcpKeepAlive", "true");
    String socket = ServerAddress.socket(settings);
    if (socket != null) {
      defaults.put("socketFactory", UnixSocketFactory.class.getName());
      defaults.put("socketFactoryArg", socket);
      // nobody can listen in on a unix socket, and servers refuse to encrypt it
      defaults.put("sslmode", "disable");
      defaults.put("gssEncMode", "disable");
    }
    return defaults;
  }
}
