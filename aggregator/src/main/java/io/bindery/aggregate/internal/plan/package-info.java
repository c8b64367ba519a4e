/** How an aggregate is answered from the sources that are there now. */
@NullMarked
package io.bindery.aggregate.internal.plan;

import org.jspecify.annotations.NullMarked;
