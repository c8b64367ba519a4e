/** Tests of the reading of definitions. */
@NullMarked
package io.bindery.aggregate.internal.definition;

import org.jspecify.annotations.NullMarked;
