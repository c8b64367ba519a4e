package io.bindery.bind.pool.internal.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.bind.mysql.internal.MysqlBindType;
import io.bindery.bind.pool.internal.config.Redaction;
import io.bindery.bind.spi.FailureKind;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read of an error, whatever the driver wraps around it. */
class DiagnosisTest {
  @Test
  void anUnknownHostIsToldInTheSameWordsEachTime() {
    for (String said : List.of("db9.invalid", "db9.invalid: Name or service not known")) {
      assertThat(of(new UnknownHostException(said)).what())
          .isEqualTo("the host name 'db9.invalid' cannot be resolved");
    }
  }

  @Test
  void theNoiseOfTheDriverIsLeftOut() {
    assertThat(of(new ConnectException("Connection refused")).text())
        .isEqualTo(
            "Connection refused; check host and port, or the unix socket, and that the server"
                + " runs and listens there");
    assertThat(of(new SocketTimeoutException("Read timed out")).what()).isEqualTo("no answer");
    assertThat(of(new SocketException("Connection reset")).what()).isEqualTo("Connection reset");
    assertThat(of(new EOFException("Expected to read 4 bytes, read 0 bytes")).what())
        .isEqualTo("the server closed the connection");
  }

  @Test
  void whatTheServerSaidIsRepeatedWithItsRemedy() {
    SQLException full = new SQLException("Too many connections", "08004", 1040);
    assertThat(Diagnosis.of(full, new MysqlBindType(), new Redaction(List.of())))
        .isEqualTo(
            new Diagnosis(
                FailureKind.TOO_MANY_CONNECTIONS,
                "Too many connections",
                "lower pool.maximumPoolSize of its clients or raise the server's max_connections"));
  }

  private static Diagnosis of(Exception cause) {
    SQLException failure =
        new SQLException("Communications link failure\n\nThe last packet ...", "08S01", cause);
    return Diagnosis.of(failure, new MysqlBindType(), new Redaction(List.of()));
  }
}
