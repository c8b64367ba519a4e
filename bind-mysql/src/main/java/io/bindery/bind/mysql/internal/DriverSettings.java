package io.bindery.bind.mysql.internal;

import com.mysql.cj.conf.PropertyDefinition;
import com.mysql.cj.conf.PropertyDefinitions;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.exceptions.CJException;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.error.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Connector/J for one generation: Bindery's defaults, over them what the URL's
 * query says, over that {@code driver.*}.
 */
final class DriverSettings {
  private static final Map<String, String> OURS =
      Map.of(
          "user", "give user",
          "password", "give .password",
          "host", "give host",
          "port", "give port",
          "dbname", "give database");

  /** Of the fragment that is attached to the driver, which finds them by name. */
  static final String UNIX_SOCKETS = "io.bindery.bind.mysql.sockets.UnixSocketFactory";

  static final String EVERY_ADDRESS = "io.bindery.bind.mysql.sockets.EveryAddressSocketFactory";
  static final String UNIX_SOCKET = "unixSocket";

  private static final String FOR_EACH_RESULT = "netTimeoutForStreamingResults";
  private static final String VARIABLES = "sessionVariables";
  private static final String WRITE_TIMEOUT = "net_write_timeout";

  /** As the driver has it. */
  private static final int SLOW_READER_SECONDS = 600;

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
    check("url: ", fromUrl, problems);
    check("driver.", settings.driver(), problems);

    Map<String, String> given = new LinkedHashMap<>(fromUrl);
    given.putAll(settings.driver());
    PemSettings.complete(settings, given, problems);
    Map<String, String> all = defaults(settings, given, problems);
    all.putAll(given);
    giveSlowReadersTime(settings, given, all);
    if (!problems.isEmpty()) {
      throw new BinderyException(ErrorCode.CONFIGURATION, String.join("; ", problems));
    }
    return all;
  }

  private static Map<String, String> defaults(
      ConnectionSettings settings, Map<String, String> given, List<String> problems) {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("characterEncoding", "UTF-8");
    // by default the server sends each column in the table's own character set
    defaults.put("characterSetResults", "UTF-8");
    defaults.put("connectTimeout", String.valueOf(settings.connectTimeoutMillis()));
    defaults.put("tcpKeepAlive", "true");
    defaults.put("cachePrepStmts", "true");
    defaults.put("prepStmtCacheSqlLimit", "4096");
    if (settings.unixSocket() != null) {
      useUnixSocket(settings.unixSocket(), defaults, problems);
    } else if (isThere(EVERY_ADDRESS)) {
      defaults.put("socketFactory", EVERY_ADDRESS);
    }
    String sslMode = given.getOrDefault("sslMode", defaults.getOrDefault("sslMode", ""));
    boolean withoutTls = sslMode.toUpperCase(Locale.ROOT).equals("DISABLED");
    if (settings.jdbcUrl() == null && (withoutTls || DriverUrl.isLocal(settings))) {
      // without TLS, a first login by caching_sha2_password needs the server's public key
      defaults.put("allowPublicKeyRetrieval", "true");
    }
    return defaults;
  }

  /**
   * How long a server waits for whoever reads a result slowly. The driver would set that before
   * each result that is read row by row, and take it back after it: two statements for one.
   */
  private static void giveSlowReadersTime(
      ConnectionSettings settings, Map<String, String> given, Map<String, String> all) {
    String url = settings.jdbcUrl() == null ? "" : settings.jdbcUrl();
    if (given.containsKey(FOR_EACH_RESULT)
        || url.contains(FOR_EACH_RESULT)
        || url.contains(VARIABLES)) {
      return;
    }
    all.put(FOR_EACH_RESULT, "0");
    if (!given.getOrDefault(VARIABLES, "").contains(WRITE_TIMEOUT)) {
      all.merge(VARIABLES, WRITE_TIMEOUT + "=" + SLOW_READER_SECONDS, (a, b) -> a + "," + b);
    }
  }

  private static void useUnixSocket(
      String socket, Map<String, String> defaults, List<String> problems) {
    if (!isThere(UNIX_SOCKETS)) {
      problems.add(
          "unix_socket: the driver has no unix sockets here; deploy the bundle bind-mysql-sockets");
    }
    defaults.put("socketFactory", UNIX_SOCKETS);
    defaults.put(UNIX_SOCKET, socket);
    // nobody can listen in on a unix socket
    defaults.put("sslMode", "DISABLED");
  }

  private static boolean isThere(String socketFactory) {
    try {
      Class.forName(socketFactory, false, PropertyKey.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static void check(String where, Map<String, String> given, List<String> problems) {
    given.forEach(
        (name, value) -> {
          String instead = OURS.get(name);
          if (instead != null) {
            problems.add(where + name + " cannot be set: " + instead);
            return;
          }
          PropertyDefinition<?> definition = definition(name);
          if (PemSettings.NAMES.contains(name)) {
            return;
          }
          if (definition == null) {
            problems.add(where + name + " is not known to the driver" + suggestion(name));
            return;
          }
          try {
            definition.parseObject(value, null);
          } catch (CJException | IllegalArgumentException e) {
            problems.add(
                where + name + " has a value that the driver refuses" + allowed(definition));
          }
        });
  }

  static @Nullable PropertyDefinition<?> definition(String name) {
    PropertyKey key = PropertyKey.fromValue(name);
    return key == null ? null : PropertyDefinitions.getPropertyDefinition(key);
  }

  private static String allowed(PropertyDefinition<?> definition) {
    String[] values = definition.getAllowableValues();
    if (values != null && values.length > 0) {
      return "; allowed: " + String.join(", ", values);
    }
    return definition.isRangeBased()
        ? "; allowed: " + definition.getLowerBound() + " to " + definition.getUpperBound()
        : "";
  }

  private static String suggestion(String wrong) {
    Map<String, String> byLetters = new TreeMap<>();
    for (PropertyKey key : PropertyDefinitions.PROPERTY_KEY_TO_PROPERTY_DEFINITION.keySet()) {
      byLetters.put(letters(key.getKeyName()), key.getKeyName());
    }
    String nearest = NearestName.of(letters(wrong), byLetters.keySet());
    return nearest == null ? "" : "; did you mean '" + byLetters.get(nearest) + "'?";
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
