package io.bindery.bind.spi;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;

/** What an error means by the SQLSTATE classes of the SQL standard and JDBC's exception classes. */
final class StandardState {
  private StandardState() {}

  static FailureKind kind(Throwable failure) {
    if (!(failure instanceof SQLException sql)) {
      return FailureKind.UNAVAILABLE;
    }
    String state = sql.getSQLState() == null ? "" : sql.getSQLState();
    if (sql instanceof SQLTimeoutException) {
      return FailureKind.TIMEOUT;
    }
    if (state.startsWith("28")) {
      return FailureKind.DENIED;
    }
    if (state.equals("3D000")) {
      return FailureKind.NO_DATABASE;
    }
    boolean connection =
        state.startsWith("08")
            || sql instanceof SQLTransientConnectionException
            || sql instanceof SQLNonTransientConnectionException
            || sql instanceof SQLRecoverableException;
    return connection ? FailureKind.UNAVAILABLE : FailureKind.QUERY;
  }
}
