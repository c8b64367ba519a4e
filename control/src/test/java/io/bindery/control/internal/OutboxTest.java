package io.bindery.control.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.control.wire.Frame;
import io.bindery.control.wire.FrameReader;
import io.bindery.control.wire.FrameType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Outbox outbox = new Outbox();

  private void put(FrameType type, String text) throws InterruptedException {
    put(type, text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(FrameType type, byte[] bytes) throws InterruptedException {
    outbox.put(type, bytes, 0, bytes.length);
  }

  private List<Frame> sent() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    outbox.close();
    outbox.sendAll(Channels.newChannel(sent));
    FrameReader reader =
        new FrameReader(Channels.newChannel(new ByteArrayInputStream(sent.toByteArray())));
    List<Frame> frames = new ArrayList<>();
    for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
      frames.add(frame);
    }
    return frames;
  }

  @Test
  void smallPrintsBecomeOneFrameAndKeepTheirOrder() throws Exception {
    put(FrameType.STDOUT, "a");
    put(FrameType.STDOUT, "b");
    put(FrameType.STDERR, "c");
    put(FrameType.STDOUT, "d");
    outbox.put(new Frame(FrameType.EXIT, new byte[] {4}));

    List<Frame> frames = sent();

    assertThat(frames)
        .extracting(Frame::type)
        .containsExactly(FrameType.STDOUT, FrameType.STDERR, FrameType.STDOUT, FrameType.EXIT);
    assertThat(frames.get(0).text()).isEqualTo("ab");
    assertThat(frames.get(3).payload()).containsExactly(4);
  }

  @Test
  void whoPrintsWaitsForASlowClient() {
    AtomicLong printed = new AtomicLong();
    CompletableFuture<Void> printer =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; i < 1000; i++) {
                  put(FrameType.STDOUT, new byte[1000]);
                  printed.addAndGet(1000);
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    await().atMost(PATIENCE).until(() -> printed.get() > 30_000);
    assertThat(printed.get()).isLessThan(40_000);
    assertThat(printer).isNotDone();

    CompletableFuture.runAsync(
        () -> {
          try {
            outbox.sendAll(Channels.newChannel(new ByteArrayOutputStream()));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });

    await().atMost(PATIENCE).until(printer::isDone);
    assertThat(printed).hasValue(1_000_000);
    outbox.close();
  }

  @Test
  void whoPrintsForAClientThatIsGoneIsTold() throws Exception {
    CompletableFuture<Void> printer =
        CompletableFuture.runAsync(
            () -> {
              try {
                put(FrameType.STDOUT, new byte[100_000]);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    outbox.close();

    assertThatThrownBy(printer::join).hasRootCauseInstanceOf(ClientGoneException.class);
    assertThatThrownBy(() -> put(FrameType.STDOUT, "x")).isInstanceOf(ClientGoneException.class);
  }
}
