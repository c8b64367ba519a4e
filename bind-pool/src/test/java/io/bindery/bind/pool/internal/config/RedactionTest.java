package io.bindery.bind.pool.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private final Redaction redaction = new Redaction(List.of("hunter22"));

  @Test
  void aSecretInAMessageIsNotRepeated() {
    assertThat(redaction.describe(new SQLException("no login with hunter22")))
        .doesNotContain("hunter22");
  }

  @Test
  void formerSecretsAreHiddenTooTheOldestOnlyForAWhile() {
    Redaction now = redaction;
    for (int i = 1; i <= 100; i++) {
      now = new Redaction(List.of("secret-" + i)).after(now).after(now);
    }
    assertThat(now.hide("hunter22 secret-1 secret-100"))
        .isEqualTo("[REDACTED] [REDACTED] [REDACTED]");
    now = new Redaction(List.of("another")).after(now);
    assertThat(now.hide("hunter22 secret-1 another")).isEqualTo("hunter22 [REDACTED] [REDACTED]");
  }
}
