package io.bindery.control.internal;

/** There is no command of that name. */
final class UnknownCommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownCommandException(String name) {
    super(name);
  }
}
