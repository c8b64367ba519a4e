package io.bindery.bind.spi;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What the JDK's own exceptions among the causes of an error mean, whatever driver wraps them. */
final class NetworkFailure {
  private static final int DEEPEST = 20;

  private NetworkFailure() {}

  /** The meaning of the innermost cause that has one, or null. */
  static @Nullable FailureKind kind(Throwable failure) {
    FailureKind kind = null;
    Throwable each = failure;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      FailureKind found = own(each);
      // a handshake that the other side breaks off is about TLS
      if (found != null && !(kind == FailureKind.TLS && found == FailureKind.BROKEN)) {
        kind = found;
      }
      each = each.getCause() == each ? null : each.getCause();
    }
    return kind;
  }

  private static @Nullable FailureKind own(Throwable each) {
    if (each instanceof UnknownHostException || each instanceof UnresolvedAddressException) {
      return FailureKind.UNKNOWN_HOST;
    }
    if (each instanceof SocketTimeoutException) {
      return FailureKind.UNANSWERED;
    }
    if (each instanceof ConnectException) {
      // the system's own limit, when the driver has none
      boolean late = String.valueOf(each.getMessage()).contains("timed out");
      return late ? FailureKind.UNANSWERED : FailureKind.REFUSED;
    }
    if (each instanceof NoRouteToHostException || each instanceof PortUnreachableException) {
      return FailureKind.REFUSED;
    }
    if (each instanceof SSLException) {
      boolean underneath = each.getCause() instanceof IOException;
      return underneath && !(each instanceof SSLHandshakeException)
          ? FailureKind.BROKEN
          : FailureKind.TLS;
    }
    if (each instanceof GeneralSecurityException) {
      return FailureKind.TLS;
    }
    boolean gone =
        each instanceof SocketException
            || each instanceof EOFException
            || each instanceof ClosedChannelException;
    return gone ? FailureKind.BROKEN : null;
  }
}
