package io.bindery.control.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {
  private static final Request REQUEST =
      new Request(
          Request.Kind.WORDS,
          List.of("bind:add", "", "a?b=1&c=%40", "é\n\"", "--x"),
          120,
          true,
          "/a b/ü");

  @Test
  void wordsComeAsTheyWereSent() throws IOException {
    assertThat(Request.decode(REQUEST.encode().payload())).isEqualTo(REQUEST);
  }

  @Test
  void anotherVersionIsNamed() {
    byte[] bytes = REQUEST.encode().payload();
    bytes[0] = 9;
    assertThatThrownBy(() -> Request.decode(bytes)).hasMessageContaining("version 9");
  }

  @Test
  void aShortenedRequestIsRefused() {
    byte[] bytes = REQUEST.encode().payload();
    assertThatThrownBy(() -> Request.decode(Arrays.copyOf(bytes, 8)))
        .isInstanceOf(IOException.class);
    byte[] wrongKind = bytes.clone();
    wrongKind[1] = 77;
    assertThatThrownBy(() -> Request.decode(wrongKind)).isInstanceOf(IOException.class);
  }
}
