package io.bindery.unit;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.unit.BindResult.Status;

/**
 * A unit of work was not committed as a whole. The {@linkplain #report() report} says what became
 * of each bind; code and bind key are those of the bind that failed.
 */
public final class CommitFailedException extends BinderyException {
  private static final long serialVersionUID = 1L;

  private final transient UnitReport report;

  /**
   * The error of one commit.
   *
   * @param failed the bind that failed, or whose outcome is not known
   * @param report what became of each bind
   */
  public CommitFailedException(BindResult failed, UnitReport report) {
    super(
        failed.failure() == null ? ErrorCode.INTERNAL : failed.failure().code(),
        failed.bindKey(),
        message(failed, report),
        failed.failure());
    this.report = report;
  }

  private static String message(BindResult failed, UnitReport report) {
    StringBuilder text = new StringBuilder("unit of work: ");
    text.append(
        failed.failure() == null
            ? "bind '%s' failed".formatted(failed.bindKey())
            : failed.failure().getMessage());
    for (Status status : Status.values()) {
      if (status != Status.UNTOUCHED && !report.with(status).isEmpty()) {
        text.append("; ")
            .append(status.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
            .append(": ")
            .append(String.join(", ", report.with(status)));
      }
    }
    return text.toString();
  }

  /** What became of each bind. */
  public UnitReport report() {
    return report;
  }
}
