/** Tests of the aggregator, and the sources that they read. */
@NullMarked
package io.bindery.aggregate.internal;

import org.jspecify.annotations.NullMarked;
