package io.bindery.control.internal;

import io.bindery.control.wire.Frame;
import io.bindery.control.wire.FrameType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one client: a bounded buffer between the threads that print and the one
 * that sends. A slow client stops those who print; many small prints become one frame. It never
 * sends on the printing threads, as interrupting them would close the channel.
 */
final class Outbox {
  private static final int CAPACITY = 32 * 1024;

  private ByteBuffer filling = ByteBuffer.allocate(CAPACITY);
  private ByteBuffer sending = ByteBuffer.allocate(CAPACITY);
  private int lastHeader = -1;
  private boolean closed;

  /**
   * Adds bytes, waiting while the client is behind.
   *
   * @throws InterruptedException when the thread was interrupted while it waited
   * @throws ClientGoneException when the client is gone
   */
  void put(FrameType type, byte[] bytes, int offset, int length) throws InterruptedException {
    int from = offset;
    int left = length;
    do {
      int count = putSome(type, bytes, from, left);
      from += count;
      left -= count;
    } while (left > 0);
  }

  /** Adds a whole frame; see {@link #put}. */
  void put(Frame frame) throws InterruptedException {
    put(frame.type(), frame.payload(), 0, frame.payload().length);
  }

  private synchronized int putSome(FrameType type, byte[] bytes, int offset, int length)
      throws InterruptedException {
    // controls are short and must not be split
    int least = Frame.HEADER + (isText(type) ? 1 : length);
    while (!closed && filling.remaining() < least) {
      wait();
    }
    if (closed) {
      throw new ClientGoneException();
    }
    boolean joins =
        isText(type) && lastHeader >= 0 && filling.get(lastHeader) == type.code() && length > 0;
    if (!joins) {
      lastHeader = filling.position();
      filling.put(type.code()).putInt(0);
    }
    int count = Math.min(length, filling.remaining());
    filling.put(bytes, offset, count);
    filling.putInt(lastHeader + 1, filling.position() - lastHeader - Frame.HEADER);
    notifyAll();
    return count;
  }

  private static boolean isText(FrameType type) {
    return type == FrameType.STDOUT || type == FrameType.STDERR;
  }

  /** Sends what comes until {@link #close}, and then what is left. */
  void sendAll(WritableByteChannel channel) throws IOException {
    for (ByteBuffer batch = next(); batch != null; batch = next()) {
      while (batch.hasRemaining()) {
        channel.write(batch);
      }
    }
  }

  private synchronized @Nullable ByteBuffer next() {
    while (filling.position() == 0) {
      if (closed) {
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        closed = true;
      }
    }
    ByteBuffer batch = filling;
    filling = sending.clear();
    sending = batch;
    lastHeader = -1;
    notifyAll();
    return batch.flip();
  }

  /** Takes nothing more; whoever waits to add something is told that the client is gone. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
