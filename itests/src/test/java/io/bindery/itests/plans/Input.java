package io.bindery.itests.plans;

/**
 * What an aggregate reads.
 *
 * @param written as the definition has it, perhaps with a filter
 * @param name the name of the source or aggregate
 * @param rel its rows
 * @param source whether it is a source
 */
record Input(String written, String name, Rel rel, boolean source) {}
