package io.bindery.bind.pool.internal.life;

import io.bindery.bind.pool.internal.config.Redaction;
import io.bindery.bind.spi.BindType;
import io.bindery.bind.spi.FailureKind;
import java.util.concurrent.TimeUnit;

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

  /**
   * Why an attempt failed.
   *
   * @param failure what was caught
   * @param startNanos when the attempt began
   */
  Outage outage(Throwable failure, long startNanos) {
    Diagnosis diagnosis = diagnose(failure);
    String reason =
        switch (diagnosis.kind()) {
          case DENIED -> where + " refuses the login: " + diagnosis.text();
          case UNANSWERED -> cannotConnect(diagnosis.with(" within " + elapsed(startNanos)));
          default -> cannotConnect(diagnosis.text());
        };
    return new Outage(diagnosis.kind(), reason, redaction.cause(failure), System.nanoTime());
  }

  /** When nothing was thrown, but nothing came either. */
  Outage silence(long millis) {
    FailureKind kind = FailureKind.UNANSWERED;
    String what = "no answer within " + millis + " ms; " + kind.remedy();
    return new Outage(kind, cannotConnect(what), null, System.nanoTime());
  }

  Diagnosis diagnose(Throwable failure) {
    return Diagnosis.of(failure, type, redaction);
  }

  private String cannotConnect(String why) {
    return "cannot connect to " + where + ": " + why;
  }

  /** Rounded, so that the next attempt says the same. */
  private static String elapsed(long startNanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    return millis < 1_000 ? millis / 100 * 100 + " ms" : Math.round(millis / 1_000.0) + " s";
  }
}
