package io.bindery.bind.pool.internal.life;

import io.bindery.bind.pool.internal.config.Redaction;
import io.bindery.bind.spi.BindType;
import io.bindery.bind.spi.FailureKind;
import java.io.EOFException;
import java.net.UnknownHostException;
import java.sql.SQLException;

/**
 * What an error of a driver means, in words for a person: the same words whatever the driver, and
 * the server's own where it said something.
 *
 * @param kind what it means
 * @param what what happened, in one line without secrets
 * @param remedy what helps, perhaps empty
 */
record Diagnosis(FailureKind kind, String what, String remedy) {

  static Diagnosis of(Throwable failure, BindType type, Redaction redaction) {
    FailureKind kind = FailureKind.of(failure, type);
    String remedy = failure instanceof SQLException sql ? type.remedy(sql, kind) : kind.remedy();
    return new Diagnosis(kind, what(failure, kind, redaction), remedy);
  }

  private static String what(Throwable failure, FailureKind kind, Redaction redaction) {
    if (failure instanceof SQLException sql && sql.getErrorCode() != 0) {
      return redaction.describe(failure);
    }
    Throwable root = Redaction.root(failure);
    return switch (kind) {
      case UNKNOWN_HOST -> redaction.apply("the host name " + host(root) + "cannot be resolved");
      case UNANSWERED -> "no answer";
      case BROKEN ->
          root instanceof EOFException
              ? "the server closed the connection"
              : redaction.describe(root);
      case REFUSED, TLS -> redaction.describe(root);
      default -> redaction.describe(failure);
    };
  }

  /** The JDK gives a longer message at the first look-up than at the next. */
  private static String host(Throwable root) {
    String message = root instanceof UnknownHostException ? root.getMessage() : null;
    return message == null ? "" : "'" + message.strip().replaceAll("(?s):? .*", "") + "' ";
  }

  Diagnosis withoutRemedy() {
    return new Diagnosis(kind, what, "");
  }

  /** What happened and what helps. */
  String text() {
    return with("");
  }

  /**
   * What happened, with an addition, and what helps.
   *
   * @param addition follows what happened
   */
  String with(String addition) {
    return what + addition + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}
