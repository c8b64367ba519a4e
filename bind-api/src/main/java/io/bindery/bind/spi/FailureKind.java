package io.bindery.bind.spi;

/** What an error of a driver means for the bind. */
public enum FailureKind {
  /** The database cannot be reached, or the connection broke. */
  UNAVAILABLE,
  /**
   * The database refuses the user, the password or the schema. From a statement on a connection
   * that stands it means what {@link #QUERY} means.
   */
  DENIED,
  /** The time allowed for a statement ran out, or the statement was killed. */
  TIMEOUT,
  /** The statement is wrong or not allowed; the database is well. */
  QUERY
}
