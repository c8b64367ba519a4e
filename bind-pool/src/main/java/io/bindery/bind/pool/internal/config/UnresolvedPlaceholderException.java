package io.bindery.bind.pool.internal.config;

/** A placeholder has no text now; the message names the placeholder and the reason. */
public final class UnresolvedPlaceholderException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Names what is missing.
   *
   * @param placeholder what was asked for
   * @param reason why there is no text
   */
  public UnresolvedPlaceholderException(Placeholder placeholder, String reason) {
    super(placeholder.text() + " cannot be resolved: " + reason);
  }
}
