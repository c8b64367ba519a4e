/** One run: opening many sources at once, its deadline, its account of who answered. */
@NullMarked
package io.bindery.aggregate.internal.run;

import org.jspecify.annotations.NullMarked;
