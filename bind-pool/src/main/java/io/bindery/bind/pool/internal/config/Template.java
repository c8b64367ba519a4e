package io.bindery.bind.pool.internal.config;

import io.bindery.bind.spi.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value as it was written, its placeholders found but not resolved. Inside, each placeholder is
 * one character of a private-use range, so that a value can be cut and decoded around them.
 */
final class Template {
  private static final Pattern BRACKETS =
      Pattern.compile("\\$\\[([^\\]]*)\\]|\\$\\{([^}]*)\\}|\\$[\\[{]");
  private static final char FIRST_MARK = '\uE000';
  private static final char LAST_MARK = '\uE0FF';

  private final String marked;
  private final List<Placeholder> placeholders;

  private Template(String marked, List<Placeholder> placeholders) {
    this.marked = marked;
    this.placeholders = List.copyOf(placeholders);
  }

  /**
   * Finds the placeholders of a value.
   *
   * @param raw the value as it was written
   * @throws IllegalArgumentException when brackets hold no placeholder; the message does not hold
   *     the value
   */
  static Template parse(String raw) {
    if (marks(raw) > 0) {
      throw new IllegalArgumentException("holds a character that no setting can hold (U+E000..)");
    }
    List<Placeholder> found = new ArrayList<>();
    Matcher matcher = BRACKETS.matcher(raw);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String inside = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      Placeholder placeholder = inside == null ? null : Placeholder.of(inside, matcher.group());
      if (placeholder == null || found.size() > LAST_MARK - FIRST_MARK) {
        throw new IllegalArgumentException(
            "'$[' and '${' begin a placeholder: write $[env:NAME], $[prop:name] or $[secret:NAME]"
                + " (the name of a file in the secrets folder), without options");
      }
      matcher.appendReplacement(text, String.valueOf((char) (FIRST_MARK + found.size())));
      found.add(placeholder);
    }
    matcher.appendTail(text);
    return new Template(text.toString(), found);
  }

  /** How many of the characters that stand for placeholders a text holds. */
  static long marks(String text) {
    return text.chars().filter(c -> c >= FIRST_MARK && c <= LAST_MARK).count();
  }

  /** A text in which nothing is a placeholder, whatever it looks like. */
  static Template literal(String text) {
    return new Template(text, List.of());
  }

  /** The value with one private-use character in each placeholder's place. */
  String marked() {
    return marked;
  }

  /** A part of {@link #marked()}, perhaps decoded, as a template of its own. */
  Template part(String markedPart) {
    return new Template(markedPart, placeholders);
  }

  boolean isLiteral() {
    return marked.chars().noneMatch(this::isMark);
  }

  boolean isOnePlaceholder() {
    return marked.length() == 1 && isMark(marked.charAt(0));
  }

  boolean isEmpty() {
    return marked.isEmpty();
  }

  /** The placeholders that the value, or this part of it, holds. */
  List<Placeholder> placeholders() {
    return marked.chars().filter(this::isMark).mapToObj(c -> at((char) c)).toList();
  }

  /** The value with every placeholder replaced by its text. */
  String resolve(PlaceholderLookup lookup) throws UnresolvedPlaceholderException {
    StringBuilder text = new StringBuilder();
    for (char c : marked.toCharArray()) {
      if (isMark(c)) {
        text.append(lookup.find(at(c)));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** The value with its placeholders as they were written. */
  String shown() {
    StringBuilder text = new StringBuilder();
    for (char c : marked.toCharArray()) {
      if (isMark(c)) {
        text.append(at(c).text());
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** The placeholders as they were written, and {@code [REDACTED]} for what stands around them. */
  String redacted() {
    StringBuilder text = new StringBuilder();
    boolean hidden = false;
    for (char c : marked.toCharArray()) {
      if (isMark(c)) {
        text.append(at(c).text());
      } else if (!hidden) {
        text.append(Secret.REDACTED);
      }
      hidden = !isMark(c);
    }
    return text.toString();
  }

  private boolean isMark(int c) {
    return c >= FIRST_MARK && c < FIRST_MARK + placeholders.size();
  }

  private Placeholder at(char mark) {
    return placeholders.get(mark - FIRST_MARK);
  }

  /** Never the value: it may be a secret. */
  @Override
  public String toString() {
    return redacted();
  }
}
