/** Tests of expressions. */
@NullMarked
package io.bindery.aggregate.internal.expression;

import org.jspecify.annotations.NullMarked;
