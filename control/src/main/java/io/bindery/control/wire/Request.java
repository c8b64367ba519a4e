package io.bindery.control.wire;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client asks for.
 *
 * @param kind what to do
 * @param words the words of a command, or one line, or nothing
 * @param columns the width of the terminal that stdout is; 0 when it is none
 * @param terminal whether a person can be asked for input
 * @param folder the caller's folder, from which relative paths are meant; empty where none can be
 */
public record Request(Kind kind, List<String> words, int columns, boolean terminal, String folder) {
  /** The version of the protocol; a host refuses others. */
  public static final byte VERSION = 1;

  /** The kinds of request. */
  public enum Kind {
    /** A command and its words, which nobody parses again. */
    WORDS,
    /** One line of Gogo. */
    LINE,
    /** What could stand at the end of a line: the line and the cursor. */
    COMPLETE,
    /** How the host is, as lines of {@code name=value}. */
    STATUS,
    /** Stop the host. */
    STOP
  }

  /** Copies the words. */
  public Request {
    words = List.copyOf(words);
  }

  /** The request as a frame. */
  public Frame encode() {
    List<byte[]> texts = new ArrayList<>();
    texts.add(folder.getBytes(StandardCharsets.UTF_8));
    words.forEach(word -> texts.add(word.getBytes(StandardCharsets.UTF_8)));
    int size = 1 + 1 + 4 + 1 + 4 + texts.stream().mapToInt(text -> 4 + text.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.put(VERSION).put((byte) kind.ordinal()).putInt(columns).put((byte) (terminal ? 1 : 0));
    bytes.putInt(words.size());
    for (byte[] text : texts) {
      bytes.putInt(text.length).put(text);
    }
    return new Frame(FrameType.REQUEST, bytes.array());
  }

  /**
   * Reads a request.
   *
   * @throws IOException when it is malformed or of another version
   */
  public static Request decode(byte[] payload) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(payload);
    try {
      byte version = bytes.get();
      if (version != VERSION) {
        throw new IOException(
            "the client speaks version " + version + " of the control protocol, not " + VERSION);
      }
      Kind kind = Kind.values()[bytes.get()];
      int columns = bytes.getInt();
      boolean terminal = bytes.get() != 0;
      int count = bytes.getInt();
      String folder = text(bytes);
      List<String> words = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        words.add(text(bytes));
      }
      return new Request(kind, words, columns, terminal, folder);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IOException("malformed request", e);
    }
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[Math.min(bytes.getInt(), bytes.remaining())];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
