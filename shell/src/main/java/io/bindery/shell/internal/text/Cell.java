package io.bindery.shell.internal.text;

import org.jline.utils.WCWidth;

/** Texts as they may stand in a table. */
final class Cell {
  private Cell() {}

  /**
   * A text that moves no cursor: what controls a terminal or turns its direction is shown by its
   * number.
   */
  static String visible(String text) {
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lone = Character.isSurrogate(c) && Character.charCount(text.codePointAt(i)) == 1;
      if (!lone && !controls(c)) {
        if (shown != null) {
          shown.append(c);
        }
        if (Character.isHighSurrogate(c)) {
          i++;
          if (shown != null) {
            shown.append(text.charAt(i));
          }
        }
        continue;
      }
      if (shown == null) {
        shown = new StringBuilder(text.length() + 8).append(text, 0, i);
      }
      switch (c) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        default -> shown.append("\\u%04x".formatted((int) c));
      }
    }
    return shown == null ? text : shown.toString();
  }

  /** How many columns a text takes: two for wide characters, none for combining marks. */
  static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      width += width(point);
      i += Character.charCount(point);
    }
    return width;
  }

  /** A text cut to a width, with an ellipsis where something was cut. */
  static String fit(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    int width = 0;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      if (width + width(point) > columns - 1) {
        break;
      }
      width += width(point);
      end += Character.charCount(point);
    }
    return text.substring(0, end) + "…";
  }

  private static int width(int point) {
    return point < 0x7F ? 1 : Math.max(0, WCWidth.wcwidth(point));
  }

  private static boolean controls(char c) {
    return c < ' '
        || c >= 0x7F && c <= 0x9F
        || c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || c >= 0x2028 && c <= 0x202E
        || c >= 0x2066 && c <= 0x2069
        || c == 0xFEFF;
  }
}
