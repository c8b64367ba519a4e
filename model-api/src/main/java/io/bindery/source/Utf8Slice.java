package io.bindery.source;

import java.nio.charset.StandardCharsets;

/**
 * A stretch of UTF-8 bytes that a reader lends: valid until the reader's next row, not to be
 * changed. It is filled again and again, so that reading a text makes no object.
 */
public final class Utf8Slice {
  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int offset;
  private int length;

  /**
   * Points the slice at some bytes.
   *
   * @param bytes the array
   * @param offset where the text begins
   * @param length how many bytes it has
   */
  public void set(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  /** The array that holds the text somewhere. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the text begins. */
  public int offset() {
    return offset;
  }

  /** How many bytes the text has. */
  public int length() {
    return length;
  }

  /** A copy of the text. */
  @Override
  public String toString() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
