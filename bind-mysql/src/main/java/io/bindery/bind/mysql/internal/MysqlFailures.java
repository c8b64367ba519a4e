package io.bindery.bind.mysql.internal;

import com.mysql.cj.exceptions.SSLParamsException;
import io.bindery.bind.spi.FailureKind;
import io.bindery.bind.spi.TlsFailure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the error codes of MySQL and MariaDB mean, and what helps. */
final class MysqlFailures {
  private MysqlFailures() {}

  /** The meaning of the server's own code, or null when it has none for a bind. */
  static @Nullable FailureKind kind(SQLException failure) {
    return switch (failure.getErrorCode()) {
      // too many connections: of the server, of the user
      case 1040, 1203 -> FailureKind.TOO_MANY_CONNECTIONS;
      // a limit of the account; it names which
      case 1226 ->
          says(failure, "connections") ? FailureKind.TOO_MANY_CONNECTIONS : FailureKind.UNAVAILABLE;
      // shutting down, host blocked
      case 1053, 1077, 1079, 1129 -> FailureKind.UNAVAILABLE;
      // killed or closed by the server, perhaps as idle (MariaDB, MySQL)
      case 1152, 1184, 1927, 3169, 4031 -> FailureKind.BROKEN;
      // schema not allowed, wrong login, host not allowed, login by socket only, old protocol,
      // password expired, account locked (MySQL, MariaDB)
      case 1044, 1045, 1130, 1698, 1251, 1820, 1862, 3118, 4151 -> FailureKind.DENIED;
      case 1049 -> FailureKind.NO_DATABASE;
      // an option of the server forbids it, and there are others than read_only
      case 1290 ->
          says(failure, "read-only") || says(failure, "read_only") ? FailureKind.READ_ONLY : null;
      case 1836 -> FailureKind.READ_ONLY;
      // killed or out of time (MySQL, MariaDB), sorting aborted, lock not granted in time
      case 1317, 3024, 1969, 1028, 1205 -> FailureKind.TIMEOUT;
      default -> byState(failure);
    };
  }

  private static @Nullable FailureKind byState(SQLException failure) {
    if ("70100".equals(failure.getSQLState())) {
      return FailureKind.TIMEOUT;
    }
    if (says(failure, "SSL Connection required, but not provided") || isAboutKeyStores(failure)) {
      return FailureKind.TLS;
    }
    return isKeyRefused(failure) ? FailureKind.DENIED : null;
  }

  static String remedy(SQLException failure, FailureKind kind) {
    if (kind == FailureKind.TLS) {
      return tlsRemedy(failure);
    }
    if (isKeyRefused(failure)) {
      return "use TLS (driver.sslMode=REQUIRED) or give driver.serverRSAPublicKeyFile";
    }
    return switch (failure.getErrorCode()) {
      case 1040 ->
          "lower pool.maximumPoolSize of its clients or raise the server's max_connections";
      case 1203, 1226 -> "lower pool.maximumPoolSize or raise the limits of this account";
      case 1044 -> "GRANT this user rights on the database or correct its name";
      // the right to a table, a column, a routine, the whole server
      case 1142, 1143, 1370, 1227 -> "GRANT this user the right that the statement needs";
      case 1146 -> "check that the database and the table are there";
      case 1129 -> "run FLUSH HOSTS on the server and look for what breaks its connections";
      case 1130 -> "create the user for the host that it comes from";
      case 1698 -> "give this account a password, or connect by unix_socket as that system user";
      case 1820, 1862 -> "set a new password on the server and in .password";
      case 3118, 4151 -> "ALTER USER ... ACCOUNT UNLOCK";
      default -> kind.remedy();
    };
  }

  private static String tlsRemedy(SQLException failure) {
    if (failure.getCause() instanceof PemException) {
      return "";
    }
    TlsFailure tls = TlsFailure.of(failure);
    return switch (tls) {
      case UNTRUSTED -> tls.remedy() + ": give its certificate in ssl_ca (driver.ssl_ca)";
      case OTHER -> "check driver.sslMode, the key stores and the certificates of both sides";
      default -> tls.remedy();
    };
  }

  private static boolean says(SQLException failure, String words) {
    return failure.getMessage() != null && failure.getMessage().contains(words);
  }

  /** A key store that is missing, broken or has another password. */
  private static boolean isAboutKeyStores(SQLException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SSLParamsException) {
        return true;
      }
    }
    return false;
  }

  /** A first login by caching_sha2_password without TLS; the driver has no code for it. */
  private static boolean isKeyRefused(SQLException failure) {
    return says(failure, "Public Key Retrieval is not allowed");
  }
}
