package io.bindery.bind.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is the same for every driver is known without the type's help. */
class FailureKindTest {
  @Test
  void theJdksExceptionsAreFoundUnderWhatADriverWrapsAroundThem() {
    assertThat(under(new UnknownHostException("db9"))).isEqualTo(FailureKind.UNKNOWN_HOST);
    assertThat(under(new ConnectException("Connection refused"))).isEqualTo(FailureKind.REFUSED);
    assertThat(under(new NoRouteToHostException("No route"))).isEqualTo(FailureKind.REFUSED);
    assertThat(under(new ConnectException("Connection timed out")))
        .isEqualTo(FailureKind.UNANSWERED);
    assertThat(under(new SocketTimeoutException("Read timed out")))
        .isEqualTo(FailureKind.UNANSWERED);
    assertThat(under(new SocketException("Connection reset"))).isEqualTo(FailureKind.BROKEN);
    assertThat(under(new EOFException())).isEqualTo(FailureKind.BROKEN);
  }

  @Test
  void aHandshakeThatFailsIsAboutTlsAndAConnectionThatBreaksLaterIsNot() {
    assertThat(under(new SSLHandshakeException("no"))).isEqualTo(FailureKind.TLS);
    assertThat(under(new SSLHandshakeException("terminated").initCause(new EOFException())))
        .isEqualTo(FailureKind.TLS);
    assertThat(under(new CertificateException("expired"))).isEqualTo(FailureKind.TLS);
    assertThat(under(new SSLException("reset", new SocketException("Connection reset"))))
        .isEqualTo(FailureKind.BROKEN);
    assertThat(under(new SSLException("read", new SocketTimeoutException("Read timed out"))))
        .isEqualTo(FailureKind.UNANSWERED);
  }

  @Test
  void theStandardsStatesSpeakWhereNoCauseDoes() {
    assertThat(of(new SQLException("no", "28000"))).isEqualTo(FailureKind.DENIED);
    assertThat(of(new SQLException("no", "3D000"))).isEqualTo(FailureKind.NO_DATABASE);
    assertThat(of(new SQLException("no", "08004"))).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(of(new SQLTransientConnectionException())).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(of(new SQLTimeoutException())).isEqualTo(FailureKind.TIMEOUT);
    assertThat(of(new SQLException("syntax", "42000"))).isEqualTo(FailureKind.QUERY);
    assertThat(of(new IllegalStateException("the driver itself")))
        .isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void theTypesOwnWordComesFirst() {
    SQLException failure = new SQLException("no", "28000", new EOFException());
    assertThat(FailureKind.of(failure, saying(FailureKind.READ_ONLY)))
        .isEqualTo(FailureKind.READ_ONLY);
  }

  private static FailureKind under(Throwable cause) {
    return of(new SQLException("link failure", "08S01", new IOException("wrapped", cause)));
  }

  private static FailureKind of(Throwable failure) {
    return FailureKind.of(failure, saying(null));
  }

  /** A type whose server has one code. */
  private static BindType saying(@Nullable FailureKind kind) {
    return (BindType)
        Proxy.newProxyInstance(
            BindType.class.getClassLoader(),
            new Class<?>[] {BindType.class},
            (self, method, args) -> kind);
  }
}
