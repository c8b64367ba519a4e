/** Tests of what a run must hold. */
@NullMarked
package io.bindery.aggregate.internal.held;

import org.jspecify.annotations.NullMarked;
