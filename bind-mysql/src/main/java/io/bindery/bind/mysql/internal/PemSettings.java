package io.bindery.bind.mysql.internal;

import io.bindery.bind.spi.ConnectionSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings that name PEM files: those of MySQL's own clients, and what follows from them. */
final class PemSettings {
  static final Set<String> NAMES =
      Set.of(PemStores.AUTHORITY, PemStores.CERTIFICATE, PemStores.KEY);

  private PemSettings() {}

  /**
   * Completes what was given: as with MySQL's clients, who names an authority wants it verified,
   * and who names a certificate wants to be encrypted.
   *
   * @param given the driver's settings as given
   * @param problems takes what cannot work
   */
  static void complete(
      ConnectionSettings settings, Map<String, String> given, List<String> problems) {
    refuseBoth(given, PemStores.AUTHORITY, "trustCertificateKeyStoreUrl", problems);
    refuseBoth(given, PemStores.CERTIFICATE, "clientCertificateKeyStoreUrl", problems);
    if (given.containsKey(PemStores.KEY) && !given.containsKey(PemStores.CERTIFICATE)) {
      problems.add("ssl_key needs ssl_cert: give the certificate that belongs to the key");
    }
    boolean authority = given.containsKey(PemStores.AUTHORITY);
    if ((authority || given.containsKey(PemStores.CERTIFICATE)) && !isModeChosen(settings, given)) {
      String verify = settings.parameters().getOrDefault("ssl_verify_cert", "true");
      boolean verified = authority && UrlParameters.isYes(verify);
      given.put("sslMode", verified ? "VERIFY_CA" : "REQUIRED");
    }
  }

  private static void refuseBoth(
      Map<String, String> given, String file, String store, List<String> problems) {
    if (given.containsKey(file) && given.containsKey(store)) {
      problems.add("give " + file + " or driver." + store + ", not both");
    }
  }

  /** The {@code ssl=true} of SQLAlchemy asks for TLS, and leaves open how. */
  private static boolean isModeChosen(ConnectionSettings settings, Map<String, String> given) {
    boolean onlyAsked =
        "REQUIRED".equals(given.get("sslMode"))
            && settings.parameters().containsKey("ssl")
            && !settings.parameters().containsKey("ssl_mode")
            && !settings.driver().containsKey("sslMode");
    return given.containsKey("sslMode") && !onlyAsked;
  }

  /**
   * Takes the files out of the settings.
   *
   * @param all the driver's settings; it would not know these
   */
  static Map<String, String> takeFrom(Map<String, String> all) {
    Map<String, String> files = new HashMap<>(all);
    files.keySet().retainAll(NAMES);
    all.keySet().removeAll(NAMES);
    return files;
  }
}
