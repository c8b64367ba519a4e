/**
 * What can be told of statements and connections: log lines, slow ones, records; off by default.
 */
@NullMarked
package io.bindery.bind.pool.internal.watch;

import org.jspecify.annotations.NullMarked;
