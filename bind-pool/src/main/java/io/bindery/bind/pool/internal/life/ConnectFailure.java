package io.bindery.bind.pool.internal.life;

import io.bindery.bind.pool.internal.config.Redaction;
import io.bindery.bind.spi.BindType;
import io.bindery.bind.spi.FailureKind;
import java.sql.SQLException;

/** Puts into words why a connection could not be made. */
final class ConnectFailure {
  private final BindType type;
  private final String where;
  private final Redaction redaction;

  /**
   * Speaks for one database.
   *
   * @param where the database's URL for people
   */
  ConnectFailure(BindType type, String where, Redaction redaction) {
    this.type = type;
    this.where = where;
    this.redaction = redaction;
  }

  Outage outage(Throwable failure) {
    FailureKind kind = FailureKind.UNAVAILABLE;
    if (failure instanceof SQLException sql && type.classify(sql) == FailureKind.DENIED) {
      kind = FailureKind.DENIED;
    }
    String said = redaction.describe(failure);
    String reason =
        kind == FailureKind.DENIED
            ? where + " refuses the login: " + said
            : "cannot connect to " + where + ": " + said;
    return new Outage(kind, reason, redaction.cause(failure), System.nanoTime());
  }

  /** When nothing was thrown, but nothing came either. */
  Outage silence(long millis) {
    String reason = "cannot connect to " + where + ": no answer within " + millis + " ms";
    return new Outage(FailureKind.UNAVAILABLE, reason, null, System.nanoTime());
  }
}
