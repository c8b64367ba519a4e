package io.bindery.result;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;

/** There is no such row or page: what a web application answers with status 404. */
public final class NotFoundException extends BinderyException {
  private static final long serialVersionUID = 1L;

  /**
   * The error for one thing.
   *
   * @param message what was not found, in one line, such as {@code customer 7: not found}
   */
  public NotFoundException(String message) {
    super(ErrorCode.CONFIGURATION, message);
  }
}
