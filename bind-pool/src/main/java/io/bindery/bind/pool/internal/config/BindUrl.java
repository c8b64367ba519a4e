package io.bindery.bind.pool.internal.config;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL such as {@code mysql+pymysql://user:pass@host:3306/db?charset=utf8mb4}, split first and
 * percent-decoded then; its placeholders are still to be resolved and are never decoded.
 *
 * @param scheme the scheme without driver suffix, in lower case
 * @param user the user, or null
 * @param password the password, or null
 * @param host the host, an IPv6 address without its brackets, or null
 * @param port the port as text, or null
 * @param database the database, or null
 * @param parameters the query
 */
record BindUrl(
    String scheme,
    @Nullable Template user,
    @Nullable Template password,
    @Nullable Template host,
    @Nullable Template port,
    @Nullable Template database,
    Map<String, Template> parameters) {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9.-]*(\\+[\\w.-]+)?");
  private static final String ESCAPES =
      "write '@', ':', '/', '?', '#' and '%' in user or password as %40, %3A, %2F, %3F, %23 and"
          + " %25";

  /**
   * Splits a URL.
   *
   * @throws IllegalArgumentException with what is wrong; the message holds nothing of the URL that
   *     may be a secret
   */
  static BindUrl parse(Template url) {
    String text = url.marked();
    int slashes = text.indexOf("://");
    if (slashes < 0 || !SCHEME.matcher(text.substring(0, slashes)).matches()) {
      throw new IllegalArgumentException(
          "must begin with a scheme such as mysql:// or jdbc:mysql:");
    }
    String scheme = text.substring(0, slashes).toLowerCase(Locale.ROOT).replaceFirst("\\+.*", "");
    String rest = text.substring(slashes + 3);

    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    String beforeQuery = question < 0 ? rest : rest.substring(0, question);
    int slash = beforeQuery.indexOf('/');
    String authority = slash < 0 ? beforeQuery : beforeQuery.substring(0, slash);
    String database = slash < 0 ? "" : beforeQuery.substring(slash + 1);

    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : authority.substring(0, at);
    String place = at < 0 ? authority : authority.substring(at + 1);
    int colon = login.indexOf(':');
    String user = colon < 0 ? login : login.substring(0, colon);
    String password = colon < 0 ? null : login.substring(colon + 1);
    String[] hostAndPort = splitPlace(place);
    String port = hostAndPort[1];
    if (at < 0 && rest.indexOf('@') >= 0) {
      throw new IllegalArgumentException("has its first '@' after the host: " + ESCAPES);
    }
    if (rest.indexOf('@', authority.length()) >= 0) {
      // perhaps the end of a password, the beginning of which was taken for the host
      throw new IllegalArgumentException(
          "has an '@' after the host: "
              + ESCAPES
              + ", and an '@' that belongs to database or parameters as %40");
    }
    if (port != null && !port.chars().allMatch(c -> (c >= '0' && c <= '9') || c >= '\uE000')) {
      throw new IllegalArgumentException("the port must be a number; " + ESCAPES);
    }
    return new BindUrl(
        scheme,
        part(url, user, "user"),
        password == null || password.isEmpty() ? null : part(url, password, "password"),
        part(url, hostAndPort[0] == null ? "" : hostAndPort[0], "host"),
        port == null || port.isEmpty() ? null : url.part(port),
        part(url, database, "database"),
        parameters(url, query));
  }

  private static @Nullable String[] splitPlace(String place) {
    if (place.startsWith("[")) {
      int end = place.indexOf(']');
      String after = end < 0 ? "" : place.substring(end + 1);
      if (end < 0 || !(after.isEmpty() || after.startsWith(":"))) {
        throw new IllegalArgumentException(
            "an IPv6 address must stand in brackets, such as [::1]:3306");
      }
      return new @Nullable String[] {
        place.substring(1, end), after.isEmpty() ? null : after.substring(1)
      };
    }
    int colon = place.indexOf(':');
    if (colon >= 0 && place.indexOf(':', colon + 1) >= 0) {
      throw new IllegalArgumentException(
          "has more than one ':' after the host: put an IPv6 address in brackets, such as"
              + " [::1]:3306, and "
              + ESCAPES);
    }
    return colon < 0
        ? new @Nullable String[] {place, null}
        : new @Nullable String[] {place.substring(0, colon), place.substring(colon + 1)};
  }

  private static Map<String, Template> parameters(Template url, String query) {
    Map<String, Template> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      Template name =
          url.part(decode(equals < 0 ? pair : pair.substring(0, equals), "query", true));
      if (equals <= 0 || !name.isLiteral()) {
        throw new IllegalArgumentException("each parameter after '?' must be name=value");
      }
      Template value = url.part(decode(pair.substring(equals + 1), "query", true));
      if (parameters.put(name.marked(), value) != null) {
        throw new IllegalArgumentException("the parameter '" + name.marked() + "' is given twice");
      }
    }
    return parameters;
  }

  private static @Nullable Template part(Template url, String marked, String what) {
    return marked.isEmpty() ? null : url.part(decode(marked, what, false));
  }

  private static String decode(String text, String what, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0)) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw new IllegalArgumentException(
              "a '%' in the " + what + " must be followed by two hex digits; write %25 for a '%'");
        }
        bytes.write(high * 16 + low);
        i += 2;
      } else if (c == '+' && plusIsSpace) {
        bytes.write(' ');
      } else {
        int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
        bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end - 1;
      }
    }
    String decoded;
    try {
      decoded =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "the percent-escapes in the " + what + " are not UTF-8", e);
    }
    if (Template.marks(decoded) != Template.marks(text)) {
      throw new IllegalArgumentException("the " + what + " holds a character of U+E000..U+E0FF");
    }
    return decoded;
  }

  /** The URL for people: placeholders as written, no password, no secret parameter. */
  String shown() {
    StringBuilder text = new StringBuilder(scheme).append("://");
    if (user != null || password != null) {
      text.append(user == null ? "" : user.shown());
      text.append(password == null ? "" : ":" + password.redacted()).append('@');
    }
    if (host != null) {
      String name = host.shown();
      text.append(name.indexOf(':') < 0 || !host.isLiteral() ? name : "[" + name + "]");
    }
    text.append(port == null ? "" : ":" + port.shown());
    text.append(database == null ? "" : "/" + database.shown());
    char separator = '?';
    for (Map.Entry<String, Template> each : parameters.entrySet()) {
      boolean secret = Redaction.isSecretName(each.getKey());
      String value = secret ? each.getValue().redacted() : each.getValue().shown();
      text.append(separator).append(each.getKey()).append('=').append(value);
      separator = '&';
    }
    return text.toString();
  }
}
