package io.bindery.source;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of the values of one column, by the order of {@link SortKey}: texts by their UTF-8
 * bytes. Both ends belong to it, null does not.
 *
 * @param column the column's name
 * @param from the lowest value wanted, or null for no bound
 * @param to the highest value wanted, or null for no bound
 */
public record KeyRange(String column, @Nullable Object from, @Nullable Object to) {}
