package io.bindery.bind;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;

/**
 * A bind was used after its configuration was deleted. Callers that hold a snapshot take a new one.
 */
public final class BindRemovedException extends BinderyException {
  private static final long serialVersionUID = 1L;

  /**
   * The error for one bind.
   *
   * @param bindKey the key of the removed bind
   */
  public BindRemovedException(String bindKey) {
    super(ErrorCode.UNAVAILABLE, bindKey, "bind '" + bindKey + "': removed", null);
  }
}
