/** Expressions over the columns of a row, and sums over many rows. */
@NullMarked
package io.bindery.aggregate.internal.expression;

import org.jspecify.annotations.NullMarked;
