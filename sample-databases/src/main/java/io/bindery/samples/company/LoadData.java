package io.bindery.samples.company;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows as the text that {@code LOAD DATA} reads when nothing else is said: a tab between values, a
 * line a row, {@code \N} for null. A few rows are made at a time. For one thread.
 */
final class LoadData extends InputStream {
  private static final int ROWS_AT_A_TIME = 500;

  private final int rows;
  private final IntFunction<List<@Nullable Object>> row;
  private byte[] text = new byte[0];
  private int at;
  private int next = 1;

  /**
   * All rows.
   *
   * @param rows how many there are
   * @param row the row of each number from 1
   */
  LoadData(int rows, IntFunction<List<@Nullable Object>> row) {
    this.rows = rows;
    this.row = row;
  }

  @Override
  public int read() {
    return ready() ? text[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (!ready()) {
      return -1;
    }
    int count = Math.min(length, text.length - at);
    System.arraycopy(text, at, target, offset, count);
    at += count;
    return count;
  }

  private boolean ready() {
    if (at == text.length && next <= rows) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < ROWS_AT_A_TIME && next <= rows; i++) {
        line(row.apply(next++), lines);
      }
      text = lines.toString().getBytes(StandardCharsets.UTF_8);
      at = 0;
    }
    return at < text.length;
  }

  private static void line(List<@Nullable Object> values, StringBuilder lines) {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value == null) {
        lines.append("\\N");
      } else if (value instanceof String string) {
        escape(string, lines);
      } else {
        lines.append(value);
      }
      lines.append(i < values.size() - 1 ? '\t' : '\n');
    }
  }

  private static void escape(String value, StringBuilder lines) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' || c == '\t' || c == '\n') {
        lines.append('\\');
      }
      lines.append(c);
    }
  }
}
