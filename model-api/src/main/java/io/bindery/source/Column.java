package io.bindery.source;

/**
 * One column of a source or of an answer.
 *
 * @param name its name, in snake case
 * @param type its type
 * @param nullable whether a row may hold null in it
 */
public record Column(String name, ColumnType type, boolean nullable) {}
