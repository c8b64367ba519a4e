/** The peers: the same work without Bindery, each in a JVM of its own. */
@NullMarked
package io.bindery.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
