/** Readers that make rows out of the rows of other readers. */
@NullMarked
package io.bindery.aggregate.internal.operator;

import org.jspecify.annotations.NullMarked;
