package io.bindery.control.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.control.wire.Frame;
import io.bindery.control.wire.FrameReader;
import io.bindery.control.wire.FrameType;
import io.bindery.control.wire.Request;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client on one end of a socket, Gogo on the other. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionTest {
  private final ThreadIOImpl threads = new ThreadIOImpl();
  private final CountDownLatch gone = new CountDownLatch(1);
  private SocketChannel client;

  @BeforeEach
  @SuppressWarnings("NullAway") // commands only are asked for, and not how the host is
  void connect(@TempDir Path folder) throws IOException {
    threads.start();
    CommandProcessorImpl gogo = new CommandProcessorImpl(threads);
    gogo.addCommand("test", new Commands(), "hang");
    gogo.addCommand("test", new Commands(), "say");
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      client = SocketChannel.open(address);
      new Connection(server.accept(), new Requests(gogo, null), "control-1", gone::countDown);
    }
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
    gone.await();
    threads.stop();
  }

  /** What a person can type. */
  public static final class Commands {
    private final CountDownLatch never = new CountDownLatch(1);

    /** Waits until it is interrupted. */
    public void hang() throws InterruptedException {
      never.await();
    }

    /** Prints a word. */
    public void say(String word) {
      System.out.println(word);
    }
  }

  @Test
  void anInterruptThatComesRightBehindItsRequestIsHeard() throws Exception {
    FrameReader answers = new FrameReader(client);
    for (int i = 0; i < 50; i++) {
      send(request("test:hang"), new Frame(FrameType.INTERRUPT, new byte[0]));
      assertThat(exitCode(answers)).as("try %d", i).isEqualTo(130);
    }
    send(request("test:say", "hello"));
    assertThat(next(answers).text()).isEqualTo("hello\n");
    assertThat(exitCode(answers)).isZero();
  }

  @Test
  void whatAClientAskedForThatLeftAtOnceIsNotWaitedFor() throws Exception {
    send(request("test:hang"));
    client.close();
    gone.await();
  }

  private static Frame request(String... words) {
    return new Request(Request.Kind.WORDS, List.of(words), 0, false, "").encode();
  }

  private void send(Frame... frames) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(1_000);
    for (Frame each : frames) {
      all.put(each.encode());
    }
    all.flip();
    while (all.hasRemaining()) {
      client.write(all);
    }
  }

  private static int exitCode(FrameReader answers) throws IOException {
    Frame frame = next(answers);
    while (frame.type() != FrameType.EXIT) {
      frame = next(answers);
    }
    return frame.payload()[0] & 0xFF;
  }

  private static Frame next(FrameReader answers) throws IOException {
    return Objects.requireNonNull(answers.read());
  }
}
