package io.bindery.bind;

/**
 * How a statement must be set up so that its rows arrive one by one and not all before the first.
 *
 * @param fetchSize what {@link java.sql.Statement#setFetchSize} is given
 * @param autoCommit whether it works in autocommit mode; if not, the read needs a transaction
 */
public record StreamingMode(int fetchSize, boolean autoCommit) {}
