package io.bindery.bind.mysql.internal;

import io.bindery.bind.spi.FailureKind;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;

/** What the errors of MySQL, MariaDB and their driver mean. */
final class MysqlFailures {
  private MysqlFailures() {}

  static FailureKind kind(SQLException failure) {
    return switch (failure.getErrorCode()) {
      // too many connections, of the server or the user; shutting down; host blocked; killed; idle
      case 1040, 1203, 1226, 1053, 1077, 1079, 1129, 1152, 1184, 1927, 3169, 4031 ->
          FailureKind.UNAVAILABLE;
      // schema not allowed, wrong login, no such schema, host not allowed, login by socket only,
      // old protocol, password expired, account locked (MySQL, MariaDB)
      case 1044, 1045, 1049, 1130, 1698, 1251, 1820, 1862, 3118, 4151 -> FailureKind.DENIED;
      // killed or out of time (MySQL, MariaDB), sorting aborted, lock not granted in time
      case 1317, 3024, 1969, 1028, 1205 -> FailureKind.TIMEOUT;
      default -> byState(failure);
    };
  }

  private static FailureKind byState(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (failure instanceof SQLTimeoutException || state.equals("70100")) {
      return FailureKind.TIMEOUT;
    }
    if (state.equals("28000") || isKeyRefused(failure)) {
      return FailureKind.DENIED;
    }
    boolean connection =
        state.startsWith("08")
            || isBrokenStream(failure)
            || failure instanceof SQLTransientConnectionException
            || failure instanceof SQLNonTransientConnectionException
            || failure instanceof SQLRecoverableException;
    return connection ? FailureKind.UNAVAILABLE : FailureKind.QUERY;
  }

  /** A connection that broke while rows were read; the driver gives it no state of its own. */
  private static boolean isBrokenStream(SQLException failure) {
    String message = failure.getMessage();
    return message != null
        && message.startsWith("Error retrieving record: Unexpected Exception: java.")
        && (message.contains("java.io.") || message.contains("java.net."));
  }

  /** A first login by caching_sha2_password without TLS; the driver has no code for it. */
  private static boolean isKeyRefused(SQLException failure) {
    String message = failure.getMessage();
    return message != null && message.contains("Public Key Retrieval is not allowed");
  }
}
