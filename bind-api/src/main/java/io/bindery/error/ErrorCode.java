package io.bindery.error;

/** What kind of thing went wrong, so that a caller can decide without reading the message. */
public enum ErrorCode {
  /**
   * Something that a person wrote is wrong: a file, a parameter, a name. Trying again is no use.
   */
  CONFIGURATION,
  /** The database, its driver or a secret cannot be reached now. Trying again later may work. */
  UNAVAILABLE,
  /** The time allowed ran out. */
  TIMEOUT,
  /** The database understood who asks and refused the statement. */
  QUERY,
  /** A fault of Bindery itself. */
  INTERNAL
}
