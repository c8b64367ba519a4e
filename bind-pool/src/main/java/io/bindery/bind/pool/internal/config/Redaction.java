package io.bindery.bind.pool.internal.config;

import io.bindery.bind.spi.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps the secrets of one configuration out of what others say, such as a driver's messages. */
public final class Redaction {
  private static final int SHORTEST = 3;
  private static final int LONGEST_MESSAGE = 400;
  private static final Pattern SECRET_NAME =
      Pattern.compile("password|passwd|pwd|secret|token|passphrase|credential");
  private static final Pattern JDBC_SECRETS =
      Pattern.compile(
          "[?&;:,(]\\s*\\w*(?:password|passwd|pwd|secret|token|passphrase)\\w*\\s*=([^&;,)]*)"
              + "|(?://|,)[^/?@,:]*:([^/?@]*)@"
              + "|:[^/:@?]+/([^/@]+)@",
          Pattern.CASE_INSENSITIVE);

  /** How many secrets of before are kept: enough for all connections that may stand. */
  private static final int FORMER = 100;

  private final List<String> newestFirst;
  private final List<String> secrets;

  /**
   * Knows what must not be repeated.
   *
   * @param secrets the secrets; those of one or two letters are ignored
   */
  public Redaction(Collection<String> secrets) {
    this.newestFirst =
        secrets.stream().filter(secret -> secret.length() >= SHORTEST).distinct().toList();
    this.secrets =
        newestFirst.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /**
   * Hides the newest secrets of another redaction as well: connections made with them may stand.
   *
   * @param former what was in force before
   */
  public Redaction after(Redaction former) {
    return new Redaction(
        Stream.concat(newestFirst.stream(), former.newestFirst.stream())
            .distinct()
            .limit((long) newestFirst.size() + FORMER)
            .toList());
  }

  /** Whether a setting of that name is a secret. */
  static boolean isSecretName(String name) {
    return SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  /** The secrets that stand in a {@code jdbc:} URL. */
  static List<String> inJdbcUrl(String url) {
    Matcher matcher = JDBC_SECRETS.matcher(url);
    return matcher
        .results()
        .flatMap(found -> Stream.of(1, 2, 3).map(found::group))
        .filter(text -> text != null && !text.isEmpty())
        .flatMap(text -> Stream.of(text, decoded(text)))
        .toList();
  }

  /** A {@code jdbc:} URL in which every password is the same text. */
  static String withoutPasswords(String url) {
    StringBuilder text = new StringBuilder(url);
    List<MatchResult> found = JDBC_SECRETS.matcher(url).results().toList();
    for (int i = found.size() - 1; i >= 0; i--) {
      for (int group = 1; group <= 3; group++) {
        if (found.get(i).group(group) != null) {
          text.replace(found.get(i).start(group), found.get(i).end(group), Secret.REDACTED);
        }
      }
    }
    return text.toString();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /**
   * A text without the secrets, in one line.
   *
   * @param text what somebody else said
   */
  public String apply(String text) {
    String line = hide(text).strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
  }

  /** A text without the secrets, otherwise as it is. */
  public String hide(String text) {
    String hidden = text;
    for (String secret : secrets) {
      hidden = hidden.replace(secret, Secret.REDACTED);
    }
    return hidden;
  }

  /**
   * What an error and the root of it say, in one line without secrets.
   *
   * @param failure what was caught
   */
  public String describe(Throwable failure) {
    Throwable root = root(failure);
    String message = failure.getMessage();
    String first = message == null ? failure.getClass().getSimpleName() : firstLine(message);
    String rootMessage = root.getMessage();
    if (root == failure || rootMessage == null || first.contains(firstLine(rootMessage))) {
      return apply(first);
    }
    return apply(first + ": " + firstLine(rootMessage));
  }

  /**
   * The innermost cause of an error.
   *
   * @param failure what was caught
   */
  public static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  /**
   * An error to keep as a cause, or null when it repeats a secret.
   *
   * @param failure what was caught
   */
  public @Nullable Throwable cause(Throwable failure) {
    Throwable each = failure;
    for (int depth = 0; each != null && depth < 20; depth++) {
      String text = String.valueOf(each.getMessage());
      if (secrets.stream().anyMatch(text::contains)) {
        return null;
      }
      each = each.getCause();
    }
    return failure;
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("");
  }
}
