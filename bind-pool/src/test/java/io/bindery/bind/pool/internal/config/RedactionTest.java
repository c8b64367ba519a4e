package io.bindery.bind.pool.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private final Redaction redaction = new Redaction(List.of("hunter22"));

  @Test
  void anUnknownHostIsToldInTheSameWordsEachTime() {
    for (String said : List.of("db9.invalid", "db9.invalid: Name or service not known")) {
      SQLException failure =
          new SQLException("Communications link failure", new UnknownHostException(said));
      assertThat(redaction.describe(failure))
          .isEqualTo("the host name 'db9.invalid' cannot be resolved");
    }
  }

  @Test
  void aSecretInAMessageIsNotRepeated() {
    assertThat(redaction.describe(new SQLException("no login with hunter22")))
        .doesNotContain("hunter22");
  }
}
