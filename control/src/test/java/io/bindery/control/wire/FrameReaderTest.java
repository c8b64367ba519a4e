package io.bindery.control.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static FrameReader reader(byte[] bytes) {
    return new FrameReader(Channels.newChannel(new ByteArrayInputStream(bytes)));
  }

  @Test
  void framesComeAsTheyWereSent() throws IOException {
    byte[] large = new byte[100_000];
    Arrays.fill(large, (byte) 7);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes(Frame.of(FrameType.ASK, "password für ü: ").encode().array());
    sent.writeBytes(new Frame(FrameType.STDOUT, large).encode().array());
    sent.writeBytes(new Frame(FrameType.STDIN, new byte[0]).encode().array());
    FrameReader reader = reader(sent.toByteArray());

    assertThat(reader.read())
        .satisfies(frame -> assertThat(frame.type()).isEqualTo(FrameType.ASK))
        .satisfies(frame -> assertThat(frame.text()).isEqualTo("password für ü: "));
    assertThat(reader.read()).satisfies(frame -> assertThat(frame.payload()).isEqualTo(large));
    assertThat(reader.read()).satisfies(frame -> assertThat(frame.payload()).isEmpty());
    assertThat(reader.read()).isNull();
  }

  @Test
  void aConnectionThatBreaksWithinAFrameIsAnError() {
    byte[] whole = Frame.of(FrameType.STDOUT, "abc").encode().array();
    for (int length = 1; length < whole.length; length++) {
      FrameReader reader = reader(Arrays.copyOf(whole, length));
      assertThatThrownBy(reader::read).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void whatIsNoFrameIsRefusedBeforeMemoryIsTaken() {
    byte[] unknown = {99, 0, 0, 0, 0};
    byte[] huge = {FrameType.STDOUT.code(), 0x7f, 0, 0, 0};
    byte[] negative = {FrameType.STDOUT.code(), -1, 0, 0, 0};
    for (byte[] bytes : List.of(unknown, huge, negative)) {
      assertThatThrownBy(reader(bytes)::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not a frame");
    }
  }
}
