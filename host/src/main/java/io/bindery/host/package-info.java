/** The launcher: makes a home, starts the framework in it, stops it in order. */
@NullMarked
package io.bindery.host;

import org.jspecify.annotations.NullMarked;
