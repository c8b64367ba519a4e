/** Measurements of the packed distribution beside a peer. */
@NullMarked
package io.bindery.benchmarks;

import org.jspecify.annotations.NullMarked;
