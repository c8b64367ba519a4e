package io.bindery.bind.mysql.internal;

import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.Secret;
import io.bindery.samples.server.MariaDbServer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings for tests. */
final class Given {
  private Given() {}

  static ConnectionSettings parts(Map<String, String> parameters, Map<String, String> driver) {
    return new ConnectionSettings(
        "mysql",
        null,
        "db1",
        3307,
        "crm",
        "app",
        new Secret("sesame"),
        null,
        parameters,
        driver,
        5_000);
  }

  static ConnectionSettings socket(String path) {
    return new ConnectionSettings(
        "mysql", null, null, null, "crm", "app", null, path, Map.of(), Map.of(), 5_000);
  }

  static ConnectionSettings jdbc(String url) {
    return new ConnectionSettings(
        "mysql", url, null, null, null, null, null, null, Map.of(), Map.of(), 5_000);
  }

  static ConnectionSettings of(
      MariaDbServer server, @Nullable String database, Map<String, String> driver) {
    return new ConnectionSettings(
        "mysql",
        null,
        "127.0.0.1",
        server.port(),
        database,
        server.user(),
        new Secret(server.password()),
        null,
        Map.of(),
        driver,
        2_000);
  }
}
