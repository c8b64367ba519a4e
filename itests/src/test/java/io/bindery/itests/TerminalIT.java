package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.control.wire.Frame;
import io.bindery.control.wire.FrameReader;
import io.bindery.control.wire.FrameType;
import io.bindery.control.wire.Request;
import io.bindery.control.wire.SocketPlace;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person at a terminal of 100 columns sees, as it comes out of the control socket. */
class TerminalIT {
  private static final String ERASE = "\r\u001b[K";

  @TempDir private Path folder;

  @Test
  void aLongRunShowsWhatItWaitsForAndAnInterruptLeavesNothingOfThat() throws Exception {
    try (MariaDbServer server = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"))) {
      Company.customers(server, "crm", "ada@example.com");
      host.drop("bindery.bind-crm.cfg", "url = " + server.url("crm"), "label.role = crm");
      host.drop("bindery.aggregate-all.cfg", "union = customers");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> host.exec("aggregate:run", "all").exit() == 0);
      try (Connection lock = server.connect("");
          SocketChannel channel = connect(host.home())) {
        lock.createStatement().execute("LOCK TABLES crm.customers WRITE");
        FrameReader reader = new FrameReader(channel);
        send(channel, request("aggregate:run", "all"));
        String line = ERASE + "0 of 1 sources open, waiting for customers@crm";
        Frame shown = next(reader);
        assertThat(shown.type()).isEqualTo(FrameType.STDERR);
        assertThat(shown.text()).isEqualTo(line);

        send(channel, new Frame(FrameType.INTERRUPT, new byte[0]));
        String last = "";
        Frame frame = next(reader);
        while (frame.type() != FrameType.EXIT) {
          last = frame.text();
          frame = next(reader);
        }
        assertThat(last).isEqualTo(ERASE);
        assertThat(frame.payload()).containsExactly((byte) 130);
      }
    }
  }

  private static SocketChannel connect(Path home) throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(SocketPlace.find(home)));
  }

  private static Frame request(String... words) {
    return new Request(Request.Kind.WORDS, List.of(words), 100, false, "").encode();
  }

  private static void send(SocketChannel channel, Frame frame) throws IOException {
    ByteBuffer bytes = frame.encode();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static Frame next(FrameReader reader) throws IOException {
    Frame frame = reader.read();
    if (frame == null) {
      throw new AssertionError("the host hung up");
    }
    return frame;
  }
}
