package io.bindery.host;

/** Something was typed wrongly; the message says what. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With one line for a person. */
  public UsageException(String message) {
    super(message);
  }
}
