package io.bindery.bind.spi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a {@code jdbc:} URL may be shown. Each driver has ways of its own to hide a password in one,
 * so only what is recognised is shown, and nothing of the rest.
 */
public final class JdbcUrl {
  private static final String WORD = "(?:[\\w.-]|\\$\\[\\w+:[^\\[\\]@/]+]|\\$\\{\\w+:[^{}@/]+})+";
  private static final String HOST =
      "(?:" + WORD + "|\\[[0-9A-Fa-f:.]+])(?::(?:\\d+|\\$\\[\\w+:[^\\[\\]@/]+]))?";
  private static final Pattern PLAIN =
      Pattern.compile(
          "(jdbc:[A-Za-z][A-Za-z0-9.+-]*(?::[a-z]+)?://)"
              + "(?:[^@/?#;,()]*@)?"
              + ("((?:" + HOST + "(?:," + HOST + ")*)?(?:/(?:" + WORD + ")?)?)")
              + "([?;#][^@]*)?");
  private static final Pattern KIND = Pattern.compile("jdbc:[A-Za-z][A-Za-z0-9.+-]*:");

  private JdbcUrl() {}

  /**
   * Whether a URL is made of hosts, perhaps with ports, and a database, with at most a login before
   * and parameters after them.
   *
   * @param url a {@code jdbc:} URL, perhaps with placeholders
   */
  public static boolean isPlain(String url) {
    return PLAIN.matcher(url).matches();
  }

  /**
   * A URL for people: hosts and database, or only the kind of database when it is not plain.
   *
   * @param url a {@code jdbc:} URL, perhaps with placeholders
   * @return such as {@code jdbc:mysql://db1:3306/crm?[REDACTED]}
   */
  public static String shown(String url) {
    Matcher plain = PLAIN.matcher(url);
    if (plain.matches()) {
      String parameters = plain.group(3) == null ? "" : "?" + Secret.REDACTED;
      return plain.group(1) + plain.group(2) + parameters;
    }
    Matcher kind = KIND.matcher(url);
    return (kind.lookingAt() ? kind.group() : "jdbc:") + Secret.REDACTED;
  }
}
