/** Rows of an answer as records that a caller declares. */
@NullMarked
package io.bindery.aggregate.internal.record;

import org.jspecify.annotations.NullMarked;
