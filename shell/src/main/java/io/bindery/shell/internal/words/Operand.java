package io.bindery.shell.internal.words;

/**
 * A word that a command takes by its place.
 *
 * @param name how usage lines call it
 * @param kind what it names, for completion
 */
public record Operand(String name, Kind kind) {

  /** What a word names. */
  public enum Kind {
    /** Anything. */
    FREE,
    /** A bind's key. */
    BIND,
    /** A bind's setting. */
    SETTING,
    /** Where a database is. */
    URL,
    /** A model. */
    MODEL,
    /** A mapper and its method. */
    METHOD,
    /** A parameter of the mapper method before it. */
    METHOD_PARAMETER,
    /** An aggregate. */
    AGGREGATE,
    /** A parameter of the aggregate before it. */
    AGGREGATE_PARAMETER
  }
}
