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
}
