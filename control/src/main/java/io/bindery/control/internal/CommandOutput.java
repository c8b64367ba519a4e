package io.bindery.control.internal;

import io.bindery.control.wire.FrameType;
import java.io.OutputStream;

/** The stdout or stderr of a session; safe for all threads. */
final class CommandOutput extends OutputStream {
  private final Outbox outbox;
  private final FrameType type;
  private volatile boolean cut;
  private volatile boolean endsInStatus;

  CommandOutput(Outbox outbox, FrameType type) {
    this.outbox = outbox;
    this.type = type;
  }

  /** Makes all further prints fail, so that whoever prints stops. */
  void cut() {
    cut = true;
  }

  /** Whether what was printed last is a status that was to be erased: a line from its start on. */
  boolean endsInStatus() {
    return endsInStatus;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (cut) {
      throw new ClientGoneException();
    }
    if (length == 0) {
      return;
    }
    endsInStatus = bytes[offset] == '\r' && bytes[offset + length - 1] != '\n';
    try {
      outbox.put(type, bytes, offset, length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException();
    }
  }
}
