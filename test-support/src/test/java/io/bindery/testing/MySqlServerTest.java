package io.bindery.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MySqlServerTest {
  @Test
  void withoutItsZipTheServerSaysWhichPropertyIsMissing() {
    assertThatThrownBy(MySqlServer::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("bindery.mysql.zip");
  }
}
