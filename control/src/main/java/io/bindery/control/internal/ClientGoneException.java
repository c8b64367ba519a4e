package io.bindery.control.internal;

/**
 * Ends a command whose output nobody will read. Unchecked, as print streams swallow what is
 * checked.
 */
final class ClientGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClientGoneException() {
    super("the command was interrupted", null, false, false);
  }
}
