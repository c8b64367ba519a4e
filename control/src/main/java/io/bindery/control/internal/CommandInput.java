package io.bindery.control.internal;

import io.bindery.control.wire.Frame;
import io.bindery.control.wire.FrameType;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The stdin of a session: asks the client for input when a command reads it, and never before. */
final class CommandInput extends InputStream {
  private static final byte[] NOTHING = {};

  private final Outbox outbox;
  private byte[] given = NOTHING;
  private int position;
  private boolean answered;
  private boolean ended;

  CommandInput(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Takes the client's answer; empty means that there is no more. */
  synchronized void give(byte[] bytes) {
    given = bytes;
    position = 0;
    answered = true;
    ended = bytes.length == 0;
    notifyAll();
  }

  /** Ends the input: whoever reads finds its end. */
  void end() {
    give(NOTHING);
  }

  /** Forgets what an earlier command left. */
  synchronized void startOver() {
    given = NOTHING;
    position = 0;
    ended = false;
  }

  @Override
  public int read() throws InterruptedIOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] bytes, int offset, int length) throws InterruptedIOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (position == given.length && !ended) {
      ask(new Frame(FrameType.NEED, NOTHING));
    }
    if (position == given.length) {
      return -1;
    }
    int count = Math.min(length, given.length - position);
    System.arraycopy(given, position, bytes, offset, count);
    position += count;
    return count;
  }

  @Override
  public synchronized int available() {
    return given.length - position;
  }

  /**
   * Asks the person for a line that is not shown.
   *
   * @return the line, or null when there is nobody or the input is over
   */
  synchronized @Nullable String askSecretly(String prompt) {
    try {
      ask(Frame.of(FrameType.ASK, prompt));
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException();
    }
    if (ended) {
      ended = false;
      return null;
    }
    String line = new String(given, StandardCharsets.UTF_8).stripTrailing();
    given = NOTHING;
    position = 0;
    return line;
  }

  private void ask(Frame frame) throws InterruptedIOException {
    answered = false;
    try {
      outbox.put(frame);
      while (!answered) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while reading");
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
