package io.bindery.shell.internal.movein;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Texts that are put together from literals and values which are known only where the program runs.
 * The latter stand between two private-use characters, so that a literal {@code $[} is told from a
 * placeholder.
 */
final class Marked {
  private static final String OPEN = "\uE000";
  private static final String CLOSE = "\uE001";
  private static final String DEFAULTED = ";";
  private static final Pattern PLACEHOLDER =
      Pattern.compile(OPEN + "([^" + CLOSE + ";]*)(;?)" + CLOSE);
  private static final Pattern LOOKS_LIKE_ONE = Pattern.compile("\\$(?=[\\[{])");

  private Marked() {}

  /** The value of an environment variable. */
  static String env(String name) {
    return placeholder("env:" + name);
  }

  /** Any placeholder of Bindery's, by what stands between its brackets. */
  static String placeholder(String inside) {
    return OPEN + inside + CLOSE;
  }

  /** The same, remembering that the file has a default for what its placeholders stand for. */
  static String defaulted(String marked) {
    return PLACEHOLDER.matcher(marked).replaceAll(OPEN + "$1" + DEFAULTED + CLOSE);
  }

  /** The placeholders that have a default in the file. */
  static List<String> defaults(String marked) {
    return PLACEHOLDER
        .matcher(marked)
        .results()
        .filter(found -> found.group(2).equals(DEFAULTED))
        .map(found -> "$[" + found.group(1) + "]")
        .toList();
  }

  static boolean hasPlaceholder(String marked) {
    return marked.contains(OPEN);
  }

  /** Whether the text is one placeholder and nothing else. */
  static boolean isOnePlaceholder(String marked) {
    return PLACEHOLDER.matcher(marked).matches();
  }

  /** A literal of somebody's file, in which the marks cannot stand. */
  static String literal(String text) {
    return text.replace(OPEN, "\uFFFD").replace(CLOSE, "\uFFFD");
  }

  /** A literal that may hold placeholders as Bindery writes them. */
  static String withPlaceholders(String text) {
    return Pattern.compile("\\$\\[((?:env|secret|prop):[^\\]\\[;]+)]|\\$\\{((?:env|prop):[^}:{]+)}")
        .matcher(literal(text))
        .replaceAll(
            found -> {
              String inside = found.group(1) == null ? found.group(2) : found.group(1);
              return Matcher.quoteReplacement(placeholder(inside));
            });
  }

  /** As a configuration file holds it; null when a literal would be taken for a placeholder. */
  static @Nullable String plain(String marked) {
    return LOOKS_LIKE_ONE.matcher(marked).find() ? null : rendered(marked);
  }

  /** As a URL in a configuration file holds it. */
  static @Nullable String inUrl(String marked) {
    return marked.startsWith("jdbc:")
        ? plain(marked)
        : rendered(LOOKS_LIKE_ONE.matcher(marked).replaceAll("%24"));
  }

  private static String rendered(String marked) {
    return PLACEHOLDER.matcher(marked).replaceAll("\\$[$1]");
  }

  /** Where a character first stands that is no part of a placeholder, or -1. */
  static int indexOutside(String marked, char wanted) {
    boolean outside = true;
    for (int i = 0; i < marked.length(); i++) {
      char each = marked.charAt(i);
      if (outside && each == wanted) {
        return i;
      }
      outside = each == OPEN.charAt(0) ? false : outside || each == CLOSE.charAt(0);
    }
    return -1;
  }
}
