package io.bindery.shell.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for bytes that need care in a text, eight at a time: in most texts there is none. */
public final class ByteSearch {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long COMMAS = ONES * ',';
  private static final long QUOTES = ONES * '"';
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long RETURNS = ONES * '\r';
  private static final long BACKSLASHES = ONES * '\\';

  private ByteSearch() {}

  /** Whether a field of CSV needs quotes around it. */
  public static boolean needsQuotes(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long eight = (long) LONG.get(bytes, at);
      if ((zeros(eight ^ COMMAS)
              | zeros(eight ^ QUOTES)
              | zeros(eight ^ LINE_FEEDS)
              | zeros(eight ^ RETURNS))
          != 0) {
        return true;
      }
    }
    for (; at < to; at++) {
      byte b = bytes[at];
      if (b == ',' || b == '"' || b == '\n' || b == '\r') {
        return true;
      }
    }
    return false;
  }

  /** Where the first byte is that JSON escapes in a text, or where the text ends. */
  public static int escape(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long eight = (long) LONG.get(bytes, at);
      long controls = eight - ONES * ' ' & ~eight & HIGHS;
      if ((zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES) | controls) != 0) {
        break;
      }
    }
    while (at < to && !isEscaped(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isEscaped(byte b) {
    return b == '"' || b == '\\' || b >= 0 && b < ' ';
  }

  /** Not 0 when one of the eight bytes is. */
  private static long zeros(long eight) {
    return eight - ONES & ~eight & HIGHS;
  }
}
