package io.bindery.source;

/**
 * A parameter that a source accepts.
 *
 * @param name its name
 * @param type the Java type of its values, boxed; String for an enum, whose constants come by name
 */
public record Parameter(String name, Class<?> type) {}
