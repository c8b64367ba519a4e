package io.bindery.source;

/**
 * A parameter that a source accepts.
 *
 * @param name its name
 * @param type the Java type of its values, boxed
 */
public record Parameter(String name, Class<?> type) {}
