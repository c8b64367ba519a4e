package io.bindery.shell.internal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds passwords that stand in a command line, where the process list, the shell's history and the
 * terminal show them. Placeholders are welcome; one with a default value is not, as the default may
 * be the password.
 */
final class LiteralSecrets {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\[(?:env|secret|prop):[^\\];\\[]+]|\\$\\{env:[^};:{]+}");
  private static final String STAND_IN = "\uE000";
  private static final Pattern SECRET_NAME =
      Pattern.compile("password|passwd|pwd|passphrase|secret|token|credential");
  private static final Pattern PARAMETER = Pattern.compile("([\\w.-]+)\\s*=\\s*([^&;,)\\s]*)");

  private LiteralSecrets() {}

  /**
   * What is wrong with a setting on a command line.
   *
   * @param name the setting's name
   * @param value its value
   * @return the complaint without the value, or null when nothing is wrong
   */
  static @Nullable String complaint(String name, String value) {
    String masked = PLACEHOLDER.matcher(value).replaceAll(STAND_IN);
    boolean literal = (name.startsWith(".") || secretName(name)) && !harmless(masked);
    if (!literal && !urlHoldsSecret(masked)) {
      return null;
    }
    return "'"
        + name
        + "' holds a literal password, which the process list and the history would show; use"
        + " --password-stdin, or '$[secret:NAME]' with a file NAME in the secrets folder";
  }

  private static boolean urlHoldsSecret(String masked) {
    int colons = masked.indexOf("://");
    String rest = colons < 0 ? masked : masked.substring(colons + 3);
    if (colons >= 0 && !harmless(password(rest)) || oracleStyle(masked)) {
      return true;
    }
    Matcher parameters = PARAMETER.matcher(rest);
    while (parameters.find()) {
      if (secretName(parameters.group(1)) && !harmless(parameters.group(2))) {
        return true;
      }
    }
    return false;
  }

  /** The password in {@code user:password@host/...}, also where it should have been escaped. */
  private static String password(String rest) {
    String authority = rest.split("[/?#]", 2)[0];
    int at = authority.lastIndexOf('@');
    if (at < 0) {
      String beforeQuery = rest.split("\\?", 2)[0];
      boolean port = authority.matches("[^:]*|.*:\\d*") || authority.startsWith("[");
      at = port ? beforeQuery.lastIndexOf('@') : rest.lastIndexOf('@');
    }
    if (at < 0) {
      return "";
    }
    int colon = rest.indexOf(':');
    return colon < 0 || colon > at ? "" : rest.substring(colon + 1, at);
  }

  private static boolean oracleStyle(String masked) {
    Matcher login = Pattern.compile("^jdbc:[\\w:]+:[^/:@?]+/([^@]+)@.*").matcher(masked);
    return login.matches() && !harmless(login.group(1));
  }

  private static boolean secretName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET_NAME.matcher(lower).find() && !lower.endsWith("encoding");
  }

  private static boolean harmless(String masked) {
    return masked.replace(STAND_IN, "").isEmpty() || masked.matches("true|false");
  }
}
