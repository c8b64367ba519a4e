package io.bindery.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTextTest {
  @Test
  void ordinaryTextStaysAsItIs() {
    assertThat(MessageText.of("Größe, 東京 \uD83D\uDE00", 100)).isEqualTo("Größe, 東京 \uD83D\uDE00");
  }

  @Test
  void whatMovesACursorIsNotShown() {
    assertThat(MessageText.of("a\nb\u001b[2Jc\u202ed\u2028e", 100)).isEqualTo("a?b?[2Jc?d?e");
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertThat(MessageText.of("12345", 5)).isEqualTo("12345");
    assertThat(MessageText.of("123456", 5)).isEqualTo("12345...");
    assertThat(MessageText.of("1234\uD83D\uDE00", 5)).isEqualTo("1234...");
  }
}
