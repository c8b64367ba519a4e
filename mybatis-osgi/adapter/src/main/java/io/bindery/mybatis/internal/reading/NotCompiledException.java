package io.bindery.mybatis.internal.reading;

/** Thrown where MyBatis must read the rows itself. */
final class NotCompiledException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  NotCompiledException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  static NotCompiledException missing(String column) {
    return new NotCompiledException("its result has no column '%s'".formatted(column));
  }

  /** Why, in one line. */
  String reason() {
    return reason;
  }
}
