package io.bindery.control.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/** Reads frames from a blocking channel; for one thread. */
public final class FrameReader {
  private final ReadableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(32 * 1024).flip();

  /** A reader of that channel, which it does not close. */
  public FrameReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the next frame.
   *
   * @return the frame, or null when the other side has closed
   * @throws IOException when the connection broke within a frame or what came is no frame
   */
  public @Nullable Frame read() throws IOException {
    if (!fill(Frame.HEADER)) {
      return null;
    }
    byte code = buffer.get();
    int length = buffer.getInt();
    FrameType type = FrameType.of(code);
    if (type == null || length < 0 || length > Frame.LONGEST) {
      throw new IOException("not a frame of the control protocol");
    }
    byte[] payload = new byte[length];
    int had = Math.min(length, buffer.remaining());
    buffer.get(payload, 0, had);
    ByteBuffer rest = ByteBuffer.wrap(payload, had, length - had);
    while (rest.hasRemaining()) {
      if (channel.read(rest) < 0) {
        throw new EOFException("connection closed within a frame");
      }
    }
    return new Frame(type, payload);
  }

  private boolean fill(int bytes) throws IOException {
    while (buffer.remaining() < bytes) {
      buffer.compact();
      int count = channel.read(buffer);
      buffer.flip();
      if (count < 0) {
        if (buffer.hasRemaining()) {
          throw new EOFException("connection closed within a frame");
        }
        return false;
      }
    }
    return true;
  }
}
