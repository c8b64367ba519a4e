package io.bindery.benchmarks.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes csv from the bytes that the driver gives; a line without its name and its last comma. */
final class CsvBytes implements AutoCloseable {
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 16];
  private int at;

  CsvBytes(Path file) throws IOException {
    out = Files.newOutputStream(file);
  }

  /** A value that needs no quotes, as it is; nothing for null. */
  void value(byte @Nullable [] value) throws IOException {
    if (value != null) {
      reserve(value.length);
      System.arraycopy(value, 0, buffer, at, value.length);
      at += value.length;
    }
  }

  /** A date and a time, in the form of ISO 8601. */
  void moment(byte[] value) throws IOException {
    if (value.length != 19) {
      throw new IOException("not a moment of whole seconds");
    }
    value(value);
    buffer[at - 9] = 'T';
  }

  /** A text, in quotes where it needs them. */
  void text(byte @Nullable [] value) throws IOException {
    if (value == null || !needsQuotes(value)) {
      value(value);
      return;
    }
    mark('"');
    for (byte each : value) {
      if (each == '"') {
        mark('"');
      }
      mark((char) each);
    }
    mark('"');
  }

  private static boolean needsQuotes(byte[] value) {
    for (byte each : value) {
      if (each == ',' || each == '"' || each == '\n' || each == '\r') {
        return true;
      }
    }
    return value.length == 0;
  }

  void number(long value) throws IOException {
    value(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  /** Hundredths, with a point before them. */
  void cents(long value) throws IOException {
    number(value / 100);
    mark('.');
    mark((char) ('0' + value % 100 / 10));
    mark((char) ('0' + value % 10));
  }

  void mark(char mark) throws IOException {
    reserve(1);
    buffer[at++] = (byte) mark;
  }

  private void reserve(int length) throws IOException {
    if (at + length > buffer.length) {
      out.write(buffer, 0, at);
      at = 0;
    }
    if (length > buffer.length) {
      throw new IOException("a value of " + length + " bytes");
    }
  }

  @Override
  public void close() throws IOException {
    out.write(buffer, 0, at);
    out.close();
  }
}
