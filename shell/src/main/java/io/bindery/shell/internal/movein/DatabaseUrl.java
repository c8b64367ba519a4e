package io.bindery.shell.internal.movein;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the password out of a URL, so that a bind's file holds it in a place of its own. */
final class DatabaseUrl {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9.+_-]*://");
  private static final Pattern JDBC_PARAMETERS =
      Pattern.compile("jdbc:(?:mysql|mariadb|postgresql)://[^?@]*\\?(.*)");

  private DatabaseUrl() {}

  /**
   * The settings that say what a URL says.
   *
   * @param marked the URL as SQLAlchemy or JDBC has it
   * @return settings by name; null when it is no URL
   */
  static @Nullable Map<String, String> settings(String marked) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (Marked.isOnePlaceholder(marked)) {
      settings.put("url", marked);
      return settings;
    }
    if (marked.startsWith("jdbc:")) {
      return jdbc(marked);
    }
    Matcher scheme = SCHEME.matcher(marked);
    if (!scheme.lookingAt()) {
      return null;
    }
    String rest = marked.substring(scheme.end());
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question).replace("@", "%40");
    String place = question < 0 ? rest : rest.substring(0, question);
    // a password may hold '@' and '/' to SQLAlchemy, or to older versions of it
    int at = place.lastIndexOf('@');
    int colon = Marked.indexOutside(place, ':');
    boolean password = at >= 0 && colon >= 0 && colon < at;
    String login = at < 0 ? "" : place.substring(0, password ? colon : at) + "@";
    settings.put("url", scheme.group() + login + place.substring(at + 1) + query);
    if (password && colon + 1 < at) {
      settings.put(".password", decoded(place.substring(colon + 1, at)));
    }
    return settings;
  }

  /** Beside a jdbc URL user and password may stand apart. */
  private static Map<String, String> jdbc(String url) {
    Map<String, String> settings = new LinkedHashMap<>();
    Matcher parameters = JDBC_PARAMETERS.matcher(url);
    if (!parameters.matches()) {
      settings.put("url", url);
      return settings;
    }
    StringBuilder kept = new StringBuilder();
    for (String pair : parameters.group(1).split("&")) {
      String name = pair.split("=", 2)[0];
      String value = pair.substring(Math.min(pair.length(), name.length() + 1));
      if (name.equals("user") || name.equals("password")) {
        settings.put(name.equals("user") ? "user" : ".password", decoded(value));
      } else if (!pair.isEmpty()) {
        kept.append(kept.length() == 0 ? "?" : "&").append(pair);
      }
    }
    Map<String, String> all = new LinkedHashMap<>();
    all.put("url", url.substring(0, parameters.start(1) - 1) + kept);
    all.putAll(settings);
    return all;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
