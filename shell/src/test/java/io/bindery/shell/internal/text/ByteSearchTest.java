package io.bindery.shell.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ByteSearchTest {
  @Test
  void everyByteIsJudgedAlikeWhereverItStands() {
    for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
      boolean quotes = b == ',' || b == '"' || b == '\n' || b == '\r';
      boolean escapes = b == '"' || b == '\\' || b >= 0 && b < ' ';
      for (int at = 0; at < 19; at++) {
        byte[] text = new byte[19];
        Arrays.fill(text, (byte) 'a');
        text[at] = (byte) b;
        assertThat(ByteSearch.needsQuotes(text, 0, 19)).isEqualTo(quotes);
        assertThat(ByteSearch.needsQuotes(text, at + 1, 19)).isFalse();
        assertThat(ByteSearch.needsQuotes(text, 0, at)).isFalse();
        assertThat(ByteSearch.escape(text, 0, 19)).isEqualTo(escapes ? at : 19);
        assertThat(ByteSearch.escape(text, at + 1, 19)).isEqualTo(19);
      }
    }
  }
}
