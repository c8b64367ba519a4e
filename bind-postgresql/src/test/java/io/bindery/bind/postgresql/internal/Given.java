package io.bindery.bind.postgresql.internal;

import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.Secret;
import io.bindery.testing.PostgresServer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings for tests. */
final class Given {
  private Given() {}

  static ConnectionSettings parts(Map<String, String> parameters, Map<String, String> driver) {
    return at("db1", 5433, "app", "sesame", "crm", parameters, driver);
  }

  static ConnectionSettings of(PostgresServer server, String database, Map<String, String> driver) {
    return at(
        "127.0.0.1", server.port(), server.user(), server.password(), database, Map.of(), driver);
  }

  static ConnectionSettings login(
      PostgresServer server, String user, String password, String database) {
    return at("127.0.0.1", server.port(), user, password, database, Map.of(), Map.of());
  }

  static ConnectionSettings socket(
      PostgresServer server, @Nullable String path, @Nullable String host) {
    return new ConnectionSettings(
        "postgresql",
        null,
        host,
        server.port(),
        "crm",
        server.user(),
        new Secret(server.password()),
        path,
        Map.of(),
        Map.of(),
        2_000);
  }

  static ConnectionSettings jdbc(String url) {
    return new ConnectionSettings(
        "postgresql", url, null, null, null, null, null, null, Map.of(), Map.of(), 5_000);
  }

  static ConnectionSettings nowhere(int port, long connectTimeoutMillis) {
    return new ConnectionSettings(
        "postgresql",
        null,
        "127.0.0.1",
        port,
        null,
        "u",
        null,
        null,
        Map.of(),
        Map.of(),
        connectTimeoutMillis);
  }

  private static ConnectionSettings at(
      String host,
      int port,
      String user,
      String password,
      String database,
      Map<String, String> parameters,
      Map<String, String> driver) {
    return new ConnectionSettings(
        "postgresql",
        null,
        host,
        port,
        database,
        user,
        new Secret(password),
        null,
        parameters,
        driver,
        5_000);
  }
}
