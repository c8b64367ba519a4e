package io.bindery.bind.postgresql.internal;

import io.bindery.bind.spi.FailureKind;
import io.bindery.bind.spi.TlsFailure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the SQLSTATEs of PostgreSQL and its driver mean beyond the standard's, and what helps. */
final class PostgresqlFailures {
  private PostgresqlFailures() {}

  /** The meaning of a code, or null when it has none for a bind. */
  static @Nullable FailureKind kind(SQLException failure) {
    return switch (String.valueOf(failure.getSQLState())) {
      case "53300" -> FailureKind.TOO_MANY_CONNECTIONS;
      // starting or stopping
      case "57P03" -> FailureKind.UNAVAILABLE;
      // closed by the server: it stops or has crashed, the database was dropped, idle for too long
      case "57P01", "57P02", "57P04", "57P05", "25P03" -> FailureKind.BROKEN;
      // client and server found no way to encrypt, or none to log in
      case "08004" -> says(failure, "SSL") ? FailureKind.TLS : FailureKind.DENIED;
      // no right to the database
      case "42501" -> FailureKind.DENIED;
      case "25006" -> FailureKind.READ_ONLY;
      // cancelled or out of time, lock not granted in time, transaction out of time
      case "57014", "55P03", "25P04" -> FailureKind.TIMEOUT;
      default ->
          isAboutRootCertificate(failure)
                  || isAboutOwnCertificate(failure)
                  || TlsFailure.of(failure) != TlsFailure.OTHER
              ? FailureKind.TLS
              : null;
    };
  }

  static String remedy(SQLException failure, FailureKind kind) {
    if (says(failure, "does not support SSL")) {
      return "switch TLS on at the server, or give driver.sslmode=disable where nobody can listen in";
    }
    if (kind == FailureKind.TLS) {
      return tlsRemedy(failure);
    }
    if (says(failure, "requires a valid client certificate")) {
      return "show a certificate: driver.sslcert and driver.sslkey";
    }
    if (says(failure, "no password was provided")) {
      return "give .password";
    }
    if (says(failure, "pg_hba.conf")) {
      return "let this user in from here in the server's pg_hba.conf, or use TLS"
          + " (driver.sslmode=require) if it asks for that";
    }
    return switch (String.valueOf(failure.getSQLState())) {
      case "53300" ->
          says(failure, "too many connections for")
              ? "lower pool.maximumPoolSize or raise the CONNECTION LIMIT"
              : "lower pool.maximumPoolSize of its clients or raise the server's max_connections";
      case "42501" -> "GRANT this user rights on the database or correct its name";
      default -> kind.remedy();
    };
  }

  private static String tlsRemedy(SQLException failure) {
    if (isAboutRootCertificate(failure)) {
      return "give the authority's certificate as PEM in driver.sslrootcert";
    }
    if (isAboutOwnCertificate(failure)) {
      return "check driver.sslcert and driver.sslkey, which only its owner may read (chmod 600)";
    }
    TlsFailure tls = TlsFailure.of(failure);
    return switch (tls) {
      case UNTRUSTED -> tls.remedy() + ": give its certificate as PEM in driver.sslrootcert";
      case OTHER -> "check driver.sslmode, driver.sslrootcert and the certificates of both sides";
      default -> tls.remedy();
    };
  }

  /** It is missing or cannot be read. */
  private static boolean isAboutRootCertificate(SQLException failure) {
    return says(failure, "SSL root certificate file");
  }

  private static boolean isAboutOwnCertificate(SQLException failure) {
    return says(failure, "Could not load the private key")
        || says(failure, "Could not load cert chain")
        || says(failure, "SSL key file")
        || says(failure, "SSL certificate file");
  }

  private static boolean says(SQLException failure, String words) {
    return failure.getMessage() != null && failure.getMessage().contains(words);
  }
}
