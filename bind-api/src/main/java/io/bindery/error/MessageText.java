package io.bindery.error;

/**
 * Makes what somebody wrote fit into a message: one line, nothing in it that moves a cursor or
 * turns the direction of writing, and not longer than a person would read.
 */
public final class MessageText {
  private static final String CUT = "...";

  private MessageText() {}

  /**
   * The text as it can be shown.
   *
   * @param written what was written; never null
   * @param most how many characters to show, 1 or more; what is longer is cut and ends in dots
   * @return the text with a question mark for each character that cannot be shown
   */
  public static String of(String written, int most) {
    StringBuilder shown = new StringBuilder(Math.min(written.length(), most));
    for (int i = 0; i < written.length() && shown.length() < most; i++) {
      char c = written.charAt(i);
      shown.append(isShown(c) ? c : '?');
    }
    if (written.length() > most) {
      if (Character.isHighSurrogate(shown.charAt(most - 1))) {
        shown.setLength(most - 1);
      }
      shown.append(CUT);
    }
    return shown.toString();
  }

  private static boolean isShown(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
