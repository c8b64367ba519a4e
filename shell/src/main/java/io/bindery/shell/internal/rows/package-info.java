/** Rows on their way to a reader: formats, files, progress and interruption. */
@NullMarked
package io.bindery.shell.internal.rows;

import org.jspecify.annotations.NullMarked;
