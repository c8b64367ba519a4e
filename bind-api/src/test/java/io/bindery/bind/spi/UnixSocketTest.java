package io.bindery.bind.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that does not accept; the bind types test the rest with real servers. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnixSocketTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

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
  void whoIsInterruptedWaitsForItWithoutHoldingAProcessorAndStaysInterrupted() {
    long start = System.nanoTime();
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> connected(1_000)).isInstanceOf(SocketTimeoutException.class);
    assertThat(Thread.interrupted()).isTrue();
    long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    assertThat(used).isLessThan((System.nanoTime() - start) / 4);
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

  @RepeatedTest(20)
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

  @Test
  void anInterruptOfWhoReadsCanBeSeenWhileHeWaitsAndLosesNothing() throws Exception {
    UnixSocket socket = waiting.get(0);
    CompletableFuture<Integer> read = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                read.complete(socket.getInputStream().read());
              } catch (IOException e) {
                read.completeExceptionally(e);
              }
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    reader.start();
    await().atMost(PATIENCE).until(() -> selects(reader));
    reader.interrupt();
    await().atMost(PATIENCE).until(() -> reader.getState() == Thread.State.BLOCKED);
    assertThat(reader.isInterrupted()).isTrue();
    assertThat(read).isNotDone();
    try (SocketChannel server = busy.accept()) {
      server.write(ByteBuffer.wrap(new byte[] {7}));
      assertThat(read).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(7);
      assertThat(interrupted).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
    }
  }

  @Test
  void anInterruptOfWhoReadsDoesNotBeginTheTimeoutAnew() throws Exception {
    UnixSocket socket = waiting.get(0);
    socket.setSoTimeout(4_000);
    CompletableFuture<Duration> waited = new CompletableFuture<>();
    long asked = System.nanoTime();
    Thread reader =
        new Thread(
            () -> {
              long start = System.nanoTime();
              assertThatThrownBy(() -> socket.getInputStream().read())
                  .isInstanceOf(SocketTimeoutException.class);
              waited.complete(Duration.ofNanos(System.nanoTime() - start));
            });
    reader.start();
    await().until(() -> selects(reader) && System.nanoTime() - asked > 3_000_000_000L);
    reader.interrupt();
    // and not 3 + 4 seconds
    assertThat(waited.get(30, TimeUnit.SECONDS)).isLessThan(Duration.ofMillis(6_500));
  }

  @Test
  void whoIsInterruptedAndWaitsIsFreeWhenTheSocketIsClosed() throws Exception {
    UnixSocket socket = waiting.get(0);
    CompletableFuture<Void> reading =
        CompletableFuture.runAsync(
            () -> {
              Thread.currentThread().interrupt();
              assertThatThrownBy(() -> socket.getInputStream().read())
                  .isInstanceOf(SocketException.class);
              assertThat(Thread.interrupted()).isTrue();
            });
    assertThat(reading).isNotDone();
    socket.close();
    assertThat(reading).succeedsWithin(Duration.ofSeconds(20));
  }

  private static boolean selects(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("select"));
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
