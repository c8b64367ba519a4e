/** The commands that a person types, one class a noun. */
@NullMarked
package io.bindery.shell.internal;

import org.jspecify.annotations.NullMarked;
