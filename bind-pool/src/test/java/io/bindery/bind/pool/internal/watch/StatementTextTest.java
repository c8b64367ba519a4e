package io.bindery.bind.pool.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.bind.pool.internal.config.Redaction;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTextTest {
  private final Redaction redaction = new Redaction(List.of("hunter22", "two  words", "12345678"));

  @Test
  void aSecretAcrossTheCutDoesNotShowInPart() {
    assertThat(StatementText.value("x".repeat(95) + "hunter22", redaction))
        .isEqualTo("'" + "x".repeat(95) + "[REDA...'");
    assertThat(StatementText.statement("x".repeat(9_995) + "hunter22", redaction))
        .isEqualTo("x".repeat(9_995) + "[REDA...");
  }

  @Test
  void aSecretWithFurtherBlanksIsHiddenToo() {
    assertThat(StatementText.value("two  words", redaction)).isEqualTo("'[REDACTED]'");
    assertThat(StatementText.statement("SELECT\n 'two  words'", redaction))
        .isEqualTo("SELECT '[REDACTED]'");
  }

  @Test
  void aNumberMayBeASecret() {
    assertThat(StatementText.value(12345678, redaction)).isEqualTo("[REDACTED]");
    assertThat(StatementText.value(42, redaction)).isEqualTo("42");
  }
}
