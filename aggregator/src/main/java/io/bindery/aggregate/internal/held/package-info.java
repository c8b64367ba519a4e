/**
 * What a run must hold: packed rows, tables of keys, sorted rows, and the memory that they may
 * take.
 */
@NullMarked
package io.bindery.aggregate.internal.held;

import org.jspecify.annotations.NullMarked;
