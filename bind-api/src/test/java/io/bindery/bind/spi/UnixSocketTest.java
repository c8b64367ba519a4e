package io.bindery.bind.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that does not accept; the bind types test the rest with real servers. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnixSocketTest {
  private final List<UnixSocket> waiting = new ArrayList<>();
  private ServerSocketChannel busy;
  private UnixDomainSocketAddress address;

  @BeforeEach
  void fillTheQueue(@TempDir Path folder) throws IOException {
    address = UnixDomainSocketAddress.of(folder.resolve("s"));
    busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    busy.bind(address, 1);
    assertThatThrownBy(
            () -> {
              while (waiting.size() < 10) {
                waiting.add(connected(0));
              }
            })
        .isInstanceOf(ConnectException.class)
        .hasMessage("'" + address + "': the server does not accept at once");
  }

  @AfterEach
  void close() throws IOException {
    for (UnixSocket each : waiting) {
      each.close();
    }
    busy.close();
  }

  @Test
  void itIsWaitedForUntilTheTimeout() {
    long start = System.nanoTime();
    assertThatThrownBy(() -> connected(300))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("'" + address + "': not accepted within 300 ms");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  void itIsConnectedToWhenItAcceptsAgain() throws Exception {
    CompletableFuture<UnixSocket> late = CompletableFuture.supplyAsync(() -> patient());
    assertThat(late).isNotDone();
    for (int i = 0; i < waiting.size(); i++) {
      busy.accept().close();
    }
    try (UnixSocket next = late.join()) {
      assertThat(next.isConnected()).isTrue();
    }
  }

  @Test
  void whoWaitsForItIsFreeWhenTheSocketIsClosed() throws Exception {
    UnixSocket socket = new UnixSocket(address.getPath());
    CompletableFuture<Void> connecting =
        CompletableFuture.runAsync(
            () ->
                assertThatThrownBy(() -> socket.connect(address, 50_000))
                    .isInstanceOf(SocketException.class));
    socket.close();
    assertThat(connecting).succeedsWithin(Duration.ofSeconds(20));
  }

  private UnixSocket patient() {
    try {
      return connected(50_000);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private UnixSocket connected(int timeoutMillis) throws IOException {
    UnixSocket socket = new UnixSocket(address.getPath());
    socket.connect(address, timeoutMillis);
    return socket;
  }
}
