package io.bindery.benchmarks;

import io.bindery.control.wire.Frame;
import io.bindery.control.wire.FrameReader;
import io.bindery.control.wire.Request;
import io.bindery.control.wire.SocketPlace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/** Asks a host by its control socket without a process for each question. */
final class HostClient implements AutoCloseable {
  private final SocketChannel channel;
  private final FrameReader reader;

  HostClient(Path home) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(SocketPlace.find(home)));
    reader = new FrameReader(channel);
  }

  /**
   * Runs a command.
   *
   * @return what it printed
   * @throws IOException when it failed, with what it said
   */
  String ask(String... words) throws IOException {
    ByteBuffer request =
        new Request(Request.Kind.WORDS, List.of(words), 0, false, "").encode().encode();
    while (request.hasRemaining()) {
      channel.write(request);
    }
    StringBuilder out = new StringBuilder();
    StringBuilder err = new StringBuilder();
    for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
      switch (frame.type()) {
        case STDOUT -> out.append(frame.text());
        case STDERR -> err.append(frame.text());
        case EXIT -> {
          if (frame.payload()[0] != 0) {
            throw new IOException(String.join(" ", words) + ": " + err);
          }
          return out.toString();
        }
        default -> throw new IOException("a host does not send " + frame.type());
      }
    }
    throw new IOException("the host has ended");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
