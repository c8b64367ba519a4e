package io.bindery.host.client;

import io.bindery.control.wire.Frame;
import io.bindery.control.wire.FrameReader;
import io.bindery.control.wire.FrameType;
import io.bindery.control.wire.Request;
import io.bindery.control.wire.SocketPlace;
import io.bindery.host.HostException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A session in a running host: one request after the other, from one thread. */
final class HostConnection implements AutoCloseable {
  private final SocketChannel channel;
  private final FrameReader reader;
  private final Object writing = new Object();

  private HostConnection(SocketChannel channel) {
    this.channel = channel;
    this.reader = new FrameReader(channel);
  }

  /**
   * Connects to the host of a home.
   *
   * @throws HostException when none runs there
   */
  static HostConnection open(Path home) throws HostException, IOException {
    Path place = SocketPlace.find(home);
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(place));
      return new HostConnection(channel);
    } catch (IOException e) {
      channel.close();
      throw new HostException(
          HostException.NO_HOST,
          "no host runs in " + home + " (start one with: bindery --home '" + home + "' run)",
          e);
    }
  }

  /**
   * Sends a request and passes on what comes, until the command has ended.
   *
   * @return the exit code
   * @throws HostException when the host ended first
   * @throws IOException when the connection broke or the caller's streams did
   */
  int execute(Request request, CommandStreams streams) throws HostException, IOException {
    send(request.encode());
    for (Frame frame = receive(); frame != null; frame = receive()) {
      switch (frame.type()) {
        case STDOUT -> streams.out(frame.payload());
        case STDERR -> streams.err(frame.payload());
        case NEED -> streams.need(this::sendInput);
        case ASK -> streams.ask(frame.text(), this::sendInput);
        case EXIT -> {
          return frame.payload()[0] & 0xff;
        }
        default -> throw new IOException("a host does not send " + frame.type());
      }
    }
    throw new HostException(1, "the host stopped before the command ended", null);
  }

  private @Nullable Frame receive() throws HostException {
    try {
      return reader.read();
    } catch (IOException e) {
      throw new HostException(1, "the host ended before the command did", e);
    }
  }

  /** Waits until the host closes the connection. */
  void awaitEnd() {
    try {
      while (reader.read() != null) {
        // nothing that matters any more
      }
    } catch (IOException e) {
      // that is an end, too
    }
  }

  /** Stops what runs; from any thread. */
  void interrupt() {
    try {
      send(new Frame(FrameType.INTERRUPT, new byte[0]));
    } catch (IOException e) {
      // then nothing runs
    }
  }

  private void sendInput(byte[] input) {
    try {
      send(new Frame(FrameType.STDIN, input));
    } catch (IOException e) {
      // the reading side tells that the host is gone
    }
  }

  private void send(Frame frame) throws IOException {
    ByteBuffer bytes = frame.encode();
    synchronized (writing) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
