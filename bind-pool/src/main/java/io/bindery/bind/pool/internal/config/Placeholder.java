package io.bindery.bind.pool.internal.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a value that is filled in at the last moment.
 *
 * @param kind where the text comes from
 * @param name the name of a variable, file or property
 * @param text the placeholder as it was written
 */
public record Placeholder(Kind kind, String name, String text) {

  /** Where a placeholder's text comes from. */
  public enum Kind {
    /** An environment variable. */
    ENV("env", Pattern.compile("[^\\s=;\\[\\]{}$]+")),
    /** A file of that name in the secrets folder. */
    SECRET("secret", Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]+")),
    /** A framework or system property. */
    PROP("prop", Pattern.compile("[^\\s=;\\[\\]{}$]+"));

    private final String prefix;
    private final Pattern names;

    Kind(String prefix, Pattern names) {
      this.prefix = prefix;
      this.names = names;
    }
  }

  /**
   * The placeholder that stands between the brackets of a text, or null when that is none.
   *
   * @param inside what the brackets hold
   * @param text the same with the brackets
   */
  static @Nullable Placeholder of(String inside, String text) {
    for (Kind kind : Kind.values()) {
      if (inside.startsWith(kind.prefix + ":")) {
        String name = inside.substring(kind.prefix.length() + 1);
        return kind.names.matcher(name).matches() ? new Placeholder(kind, name, text) : null;
      }
    }
    return null;
  }
}
