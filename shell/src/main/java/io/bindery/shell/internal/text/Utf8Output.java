package io.bindery.shell.internal.text;

import io.bindery.source.Utf8Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/**
 * Gathers UTF-8 and passes it on in whole rows, so that output that is cut short ends with a row.
 * For one thread, but for {@link #hurry}.
 */
public final class Utf8Output {
  private static final int FULL = 1 << 15;

  private final OutputStream target;
  private byte[] buffer = new byte[FULL + FULL / 4];
  private int size;

  /** Whether what is gathered is to be passed on with the next row, however little it is. */
  private volatile boolean due = true;

  /**
   * Output to a stream.
   *
   * @param target where it goes
   */
  public Utf8Output(OutputStream target) {
    this.target = target;
  }

  /**
   * Output to a stream that hides its errors.
   *
   * @param print where it goes
   * @param before what to do before anything is printed
   */
  public static Utf8Output to(PrintStream print, Runnable before) {
    OutputStream checked =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            before.run();
            print.write(bytes, offset, length);
            if (print.checkError()) {
              throw new OutputClosedException();
            }
          }
        };
    return new Utf8Output(checked);
  }

  /**
   * Adds one ASCII character.
   *
   * @param c the character
   */
  public Utf8Output ascii(char c) {
    room(1);
    buffer[size++] = (byte) c;
    return this;
  }

  /**
   * Adds a text.
   *
   * @param text any text; halves of surrogate pairs become U+FFFD
   */
  public Utf8Output text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else {
        int point = text.codePointAt(i);
        if (Character.charCount(point) == 2) {
          i++;
        }
        encode(point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point);
      }
    }
    return this;
  }

  /**
   * Adds bytes as they are.
   *
   * @param bytes where they are
   * @param offset where they begin
   * @param length how many
   */
  public Utf8Output bytes(byte[] bytes, int offset, int length) {
    room(length);
    System.arraycopy(bytes, offset, buffer, size, length);
    size += length;
    return this;
  }

  /**
   * Adds a text that is UTF-8 already.
   *
   * @param slice the text
   */
  public Utf8Output bytes(Utf8Slice slice) {
    return bytes(slice.bytes(), slice.offset(), slice.length());
  }

  /** Lets the next row be passed on with all that was gathered. From any thread. */
  public void hurry() {
    due = true;
  }

  /**
   * Ends a row: passes it on when much was gathered, when it is the first, or when somebody wants
   * to see some.
   *
   * @throws IOException when nobody reads, or the target fails
   */
  public void endRow() throws IOException {
    if (size >= FULL || due) {
      flush();
    }
  }

  /**
   * Passes on what was gathered.
   *
   * @throws IOException when nobody reads, or the target fails
   */
  public void flush() throws IOException {
    if (size > 0) {
      target.write(buffer, 0, size);
      size = 0;
    }
    target.flush();
    due = false;
  }

  private void encode(int point) {
    room(4);
    if (point < 0x800) {
      buffer[size++] = (byte) (0xC0 | point >> 6);
    } else {
      if (point < 0x10000) {
        buffer[size++] = (byte) (0xE0 | point >> 12);
      } else {
        buffer[size++] = (byte) (0xF0 | point >> 18);
        buffer[size++] = (byte) (0x80 | point >> 12 & 0x3F);
      }
      buffer[size++] = (byte) (0x80 | point >> 6 & 0x3F);
    }
    buffer[size++] = (byte) (0x80 | point & 0x3F);
  }

  private void room(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, buffer.length * 2));
    }
  }
}
