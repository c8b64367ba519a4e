package io.bindery.bind.mysql.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The parameters that people know from SQLAlchemy and Python's drivers, in Connector/J's words.
 * What is not known here is for the driver, under its own name.
 */
final class UrlParameters {
  /** They steer the Python driver alone and mean nothing here. */
  private static final Set<String> WITHOUT_MEANING =
      Set.of(
          "use_unicode",
          "binary_prefix",
          "write_timeout",
          "buffered",
          "get_warnings",
          "raise_on_warnings",
          "autocommit",
          "use_pure",
          "consume_results");

  private static final Set<String> UTF8 = Set.of("utf8", "utf8mb3", "utf8mb4", "utf-8");

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
      case "charset" -> {
        if (UTF8.contains(value.toLowerCase(Locale.ROOT))) {
          driver.put("characterEncoding", "UTF-8");
        } else {
          problems.add(
              "url: charset must be utf8mb4: texts are Unicode here whatever the tables hold; for"
                  + " another encoding on the wire give driver.characterEncoding");
        }
      }
      case "collation" -> driver.put("connectionCollation", value);
      case "connect_timeout", "connection_timeout" ->
          seconds(name, value, "connectTimeout", driver, problems);
      case "read_timeout" -> seconds(name, value, "socketTimeout", driver, problems);
      case "compress" -> driver.put("useCompression", yesNo(value));
      case "local_infile", "allow_local_infile" -> driver.put("allowLoadLocalInfile", yesNo(value));
      case "program_name" ->
          driver.merge("connectionAttributes", "program_name:" + value, (a, b) -> a + "," + b);
      case "sql_mode" ->
          driver.merge(
              "sessionVariables",
              "sql_mode='" + value.replace("'", "''") + "'",
              (a, b) -> a + "," + b);
      case "init_command" -> problems.add("url: init_command is given as pool.connectionInitSql");
      case "ssl" -> {
        if (isYes(value)) {
          driver.putIfAbsent("sslMode", "REQUIRED");
        } else {
          driver.put("sslMode", "DISABLED");
        }
      }
      case "ssl_disabled" -> {
        if (isYes(value)) {
          driver.put("sslMode", "DISABLED");
        }
      }
      case "ssl_mode" -> driver.put("sslMode", value);
      case "ssl_verify_cert" -> {
        if (isYes(value) && !"VERIFY_IDENTITY".equals(driver.get("sslMode"))) {
          driver.put("sslMode", "VERIFY_CA");
        }
      }
      case "ssl_verify_identity", "ssl_check_hostname" -> {
        if (isYes(value)) {
          driver.put("sslMode", "VERIFY_IDENTITY");
        }
      }
      case "ssl_cipher" -> driver.put("tlsCiphersuites", value);
      case "ssl_key_password" ->
          problems.add(
              "url: ssl_key_password: decrypt the key (openssl pkey), or make a key store (openssl"
                  + " pkcs12 -export) and give driver.clientCertificateKeyStoreUrl");
      case "ssl_capath" ->
          problems.add("url: ssl_capath: put the certificates into one file and give ssl_ca");
      default -> driver.put(name, value);
    }
  }

  private static void seconds(
      String name,
      String value,
      String setting,
      Map<String, String> driver,
      List<String> problems) {
    if (value.matches("\\d{1,6}")) {
      driver.put(setting, String.valueOf(Long.parseLong(value) * 1000));
    } else {
      problems.add("url: " + name + " must be whole seconds");
    }
  }

  static boolean isYes(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes", "on" -> true;
      default -> false;
    };
  }

  private static String yesNo(String value) {
    return String.valueOf(isYes(value));
  }
}
