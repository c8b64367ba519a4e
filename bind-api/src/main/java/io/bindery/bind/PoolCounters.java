package io.bindery.bind;

/**
 * The connections of a bind's current generation at one moment.
 *
 * @param active connections that work
 * @param idle connections that wait to be used
 * @param waiting threads that wait for a connection
 * @param max the most connections that the pool may hold
 */
public record PoolCounters(int active, int idle, int waiting, int max) {}
