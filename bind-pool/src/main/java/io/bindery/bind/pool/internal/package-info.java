/** Where the life of binds meets the framework: configurations in, services out. */
@NullMarked
package io.bindery.bind.pool.internal;

import org.jspecify.annotations.NullMarked;
