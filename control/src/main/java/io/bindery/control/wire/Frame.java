package io.bindery.control.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One message: a byte for the type, four for the payload's length, the payload.
 *
 * @param type what it is
 * @param payload its content, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Frame(FrameType type, byte[] payload) {
  /** Bytes before the payload. */
  public static final int HEADER = 5;

  /** The longest payload that is accepted. */
  public static final int LONGEST = 1 << 20;

  /** A frame whose payload is a text. */
  public static Frame of(FrameType type, String text) {
    return new Frame(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The payload as a text. */
  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** The frame as it is sent. */
  public ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + payload.length);
    bytes.put(type.code()).putInt(payload.length).put(payload);
    return bytes.flip();
  }
}
