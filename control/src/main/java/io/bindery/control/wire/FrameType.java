package io.bindery.control.wire;

import org.jspecify.annotations.Nullable;

/** The kinds of frame; each side sends only its own. */
public enum FrameType {
  /** Client: a {@link Request}. The next one may follow when {@link #EXIT} has come. */
  REQUEST(1),
  /** Client: input, sent only in answer to {@link #NEED} or {@link #ASK}; empty at its end. */
  STDIN(2),
  /** Client: stop what runs. */
  INTERRUPT(3),
  /** Host: what the command printed. */
  STDOUT(16),
  /** Host: what the command printed as errors. */
  STDERR(17),
  /** Host: the command ended; the payload is its exit code in one byte. */
  EXIT(18),
  /** Host: the command reads its input, send some. */
  NEED(19),
  /** Host: ask the person for a line without showing it; the payload is the prompt. */
  ASK(20);

  private final byte code;

  FrameType(int code) {
    this.code = (byte) code;
  }

  /** The byte that stands for this type. */
  public byte code() {
    return code;
  }

  /** The type that a byte stands for, or null when there is none. */
  public static @Nullable FrameType of(byte code) {
    for (FrameType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }
}
