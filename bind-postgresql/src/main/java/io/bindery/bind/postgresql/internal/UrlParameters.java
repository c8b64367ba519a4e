package io.bindery.bind.postgresql.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The parameters that people know from SQLAlchemy and Python's drivers, in the words of the JDBC
 * driver. What is not known here is for that driver, under its own name; spelled in small letters
 * with underscores it is understood too.
 */
final class UrlParameters {
  /** They steer the Python driver or the operating system alone and mean nothing here. */
  private static final Set<String> WITHOUT_MEANING =
      Set.of(
          "async_fallback",
          "executemany_batch_page_size",
          "executemany_mode",
          "executemany_values_page_size",
          "fallback_application_name",
          "keepalives_count",
          "keepalives_idle",
          "keepalives_interval",
          "prepared_statement_cache_size",
          "sslcompression",
          "statement_cache_size",
          "use_native_hstore",
          "use_native_unicode");

  private static final Set<String> UTF8 = Set.of("utf8", "utf-8", "unicode");
  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private UrlParameters() {}

  /**
   * Translates one parameter.
   *
   * @param name its name in the URL
   * @param value its value
   * @param driver takes the driver's settings
   * @param problems takes what cannot be translated, without values
   */
  static void translate(
      String name, String value, Map<String, String> driver, List<String> problems) {
    if (WITHOUT_MEANING.contains(name)) {
      return;
    }
    switch (name) {
      case "host" -> {
        if (!value.startsWith("/")) {
          problems.add("url: host stands before the database: postgresql://HOST:PORT/DATABASE");
        }
      }
      case "client_encoding" -> {
        if (!UTF8.contains(value.toLowerCase(Locale.ROOT))) {
          problems.add(
              "url: client_encoding must be utf8: texts are Unicode here whatever the database"
                  + " holds");
        }
      }
      case "timeout" -> driver.put("connectTimeout", value);
      case "keepalives" -> driver.put("tcpKeepAlive", value.equals("0") ? "false" : "true");
      case "krbsrvname" -> driver.put("kerberosServerName", value);
      case "target_session_attrs" -> driver.put("targetServerType", serverType(value));
      case "ssl" -> {
        if (SSL_MODES.contains(value)) {
          driver.put("sslmode", value);
        } else {
          driver.put("ssl", value);
        }
      }
      case "command_timeout" ->
          problems.add("url: command_timeout is given as options=-c statement_timeout=SECONDSs");
      default -> driver.put(DriverProperties.spelled(name), value);
    }
  }

  private static String serverType(String sessionAttributes) {
    return switch (sessionAttributes) {
      case "read-write" -> "primary";
      case "read-only", "standby" -> "secondary";
      case "prefer-standby" -> "preferSecondary";
      default -> sessionAttributes;
    };
  }
}
