/** One statement that only reads: what may be sent, and its rows. */
@NullMarked
package io.bindery.shell.internal.sql;

import org.jspecify.annotations.NullMarked;
