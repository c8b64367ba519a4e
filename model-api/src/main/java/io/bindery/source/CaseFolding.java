package io.bindery.source;

/**
 * What texts are compared by when case is ignored: each code point in upper case, and that in lower
 * case, as {@link String#equalsIgnoreCase} has it. It is Unicode's simple folding, of one code
 * point into one, the same for all languages: {@code Ä} is {@code ä} and {@code ς} is {@code Σ},
 * but {@code ß} is not {@code ss} and {@code a} is not {@code ä}. {@code LOWER(UPPER(text))} of
 * MySQL and MariaDB gives the same for the letters that they know.
 */
public final class CaseFolding {
  private CaseFolding() {}

  /**
   * The folded form of a text.
   *
   * @param text any text
   * @return the same text when there is nothing to fold
   */
  public static String fold(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 128 || (c >= 'A' && c <= 'Z')) {
        return text.codePoints()
            .map(point -> Character.toLowerCase(Character.toUpperCase(point)))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }
}
