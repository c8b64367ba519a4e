package io.bindery.aggregate.internal.plan;

import org.jspecify.annotations.Nullable;

/**
 * A source or bind that should be there and is not.
 *
 * @param source the name of the source
 * @param bind the key of the bind that is missed, or null when it is none by its key
 * @param optional whether the definition lets it fail
 * @param expected whether it is missed because of {@code expect}, and not as a source
 * @param message what is missing and what to do
 */
public record Absence(
    String source, @Nullable String bind, boolean optional, boolean expected, String message) {}
